using BudgetSync.Core.Ai;
using BudgetSync.LocalAws.Iam;
using BudgetSync.LocalAws.Kernel;
using static BudgetSync.Functions.Tests.Deployed.MeteringSpoke;

namespace BudgetSync.Functions.Tests.Deployed;

/// <summary>What a report tells beside where budgets stand: use that no log has, and who has no room for the deny policy.</summary>
public sealed class MeterReadinessTests
{
    private const string Spoke = DeployedOrganization.Spoke;

    [Fact]
    public async Task Tokens_past_every_log_are_told_of_the_day_and_denied_to_who_is_suspended()
    {
        await using var organization = await BudgetedAsync();
        await organization.PassAsync(TimeSpan.FromMinutes(65));
        Assert.Equal(0, await MantleAsync(organization));

        Mantle(organization);
        await organization.PassAsync(TimeSpan.FromMinutes(65));

        Assert.Equal(1_500, await MantleAsync(organization));
        Assert.Equal((0, 0m), await SumAsync(organization));
        await InvokeAsRoleAsync(organization, 2_000_000);
        await organization.RunAsync();
        Assert.Equal("Suspended", await StateAsync(organization));
        Assert.Throws<AwsException>(() => Mantle(organization));
        await organization.PassAsync(TimeSpan.FromDays(1));
        Assert.Equal(0, await MantleAsync(organization));
    }

    [Fact]
    public async Task What_CloudWatch_or_IAM_do_not_say_is_not_known_and_keeps_nobody_from_being_suspended()
    {
        await using var organization = await BudgetedAsync();
        organization.Cloud.Faults.OnCalls(call => call.Operation is "GetMetricStatistics" or "GetAccountSummary"
            ? new Fault.Refusal(new AwsException("InternalServiceFault", "AWS is in trouble", 500))
            : null);

        await InvokeAsRoleAsync(organization, 1_000);
        await organization.PassAsync(TimeSpan.FromMinutes(65));
        Assert.Null(await MantleAsync(organization));
        Assert.Null((await ReportAsync(organization)).PolicyQuota);

        await InvokeAsRoleAsync(organization, 2_000_000);
        await organization.RunAsync();
        Assert.Equal("Suspended", await StateAsync(organization));
    }

    /// <summary>A role has ten managed policies, or as many as AWS raised it to (IAM user guide, "IAM and AWS STS quotas").</summary>
    [Theory]
    [InlineData(10, true)]
    [InlineData(9, false)]
    [InlineData(10, false, 20)]
    public async Task Who_has_no_room_for_the_deny_policy_is_named_before_a_suspension_is_tried(int policies, bool isFull, int quota = 10)
    {
        await using var organization = await BudgetedAsync();
        var iam = organization.Cloud.Iam;
        iam.PoliciesPerEntity = quota;
        var role = iam.FindRole(Spoke, "DataScience")!; // Made with the budget.
        var allow = PolicyDocument.Parse("""{"Version":"2012-10-17","Statement":{"Effect":"Allow","Action":"s3:*","Resource":"*"}}""");
        var arns = Enumerable.Range(0, policies).Select(number => iam.PutManagedPolicy(Spoke, $"Team{number}", allow));
        iam.PutRole(Spoke, role.Definition with { ManagedPolicyArns = [.. arns] });

        // Within its budget; an hour later it is told.
        await InvokeAsRoleAsync(organization, 1_000);
        await organization.PassAsync(TimeSpan.FromMinutes(65));

        var report = await ReportAsync(organization);
        Assert.Equal(new PolicyQuota(1, isFull ? ["role/DataScience"] : []), report.PolicyQuota);
        Assert.Equal(isFull ? PolicyQuota.WhyNot : "", Assert.Single(report.Lines).Unattachable);
        await InvokeAsRoleAsync(organization, 2_000_000);
        await organization.RunAsync();
        Assert.Equal(isFull ? "Grace" : "Suspended", await StateAsync(organization));
        if (!isFull) return;

        // Somebody takes one off: what IAM says then is true, whatever was told.
        iam.PutRole(Spoke, iam.FindRole(Spoke, "DataScience")!.Definition with { ManagedPolicyArns = [] });
        await organization.PassAsync(TimeSpan.FromMinutes(6));
        Assert.Equal("Suspended", await StateAsync(organization));
        await organization.PassAsync(TimeSpan.FromMinutes(60));
        Assert.Equal(new PolicyQuota(0, []), (await ReportAsync(organization)).PolicyQuota);
    }

    /// <summary>A row may name who has not called yet: whether a suspension would succeed is known before the first call.</summary>
    [Fact]
    public async Task Whom_a_row_names_is_asked_about_before_the_first_call()
    {
        await using var organization = await BudgetedAsync();
        await organization.PutRowAsync($$"""
            {"AccountId":"{{Spoke}}","BudgetValue":100,
             "Ai":{"Principals":{"role/DataScience":{"Mode":"ARMED","Shared":true},"user/gone":{"Mode":"ARMED"},"role/Watched":{"Shared":true} } } }
            """);
        await organization.PassAsync(TimeSpan.FromMinutes(65));

        Assert.Equal(new PolicyQuota(1, []), (await ReportAsync(organization)).PolicyQuota);
    }

    private static void Mantle(DeployedOrganization organization)
    {
        var role = organization.Cloud.Iam.FindRole(Spoke, "DataScience")!; // Made with the budget.
        var definition = role.Definition;
        var allow = PolicyDocument.Parse("""{"Version":"2012-10-17","Statement":{"Effect":"Allow","Action":"bedrock-mantle:*","Resource":"*"}}""");
        organization.Cloud.Iam.PutRole(Spoke, definition with { Inline = definition.Inline.SetItem("Mantle", allow) });
        organization.Cloud.Bedrock.InvokeMantle(
            new Caller(Spoke, role.Arn, $"arn:aws:sts::{Spoke}:assumed-role/DataScience/notebook"), "xai.grok-4", 1_200, 300);
    }

    private static async Task<AiReport> ReportAsync(DeployedOrganization organization) => (await ForgedReports.RowAsync(organization)).Ai!; // It has told.

    private static async Task<long?> MantleAsync(DeployedOrganization organization) =>
        Assert.Single((await ReportAsync(organization)).Regions).MantleTokens;
}
