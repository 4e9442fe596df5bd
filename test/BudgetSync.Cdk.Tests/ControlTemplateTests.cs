using System.Collections.Immutable;
using System.Text.RegularExpressions;
using BudgetSync.Cdk.Restrictions;

namespace BudgetSync.Cdk.Tests;

/// <summary>What the organization's policies deny, whom they exempt, and what the management stack has beside one without them.</summary>
[Collection(nameof(Jsii))]
public sealed partial class ControlTemplateTests
{
    private static readonly Template Template = Template.Committed("controls/management.template.json");
    private static readonly Template Without = Template.Committed("responses/management.template.json");

    [Fact]
    public void It_adds_policies_a_permission_a_resource_that_frees_with_its_function_and_one_setting_and_changes_nothing_else()
    {
        var added = Template.Resources.Select(resource => resource.Key).Except(Without.Resources.Select(resource => resource.Key));
        Assert.Equal(
            [
                "ControlsDenyAi", "ControlsDenyNew", "ControlsLifting", "ControlsPermission", "ControlsProtect", "ControlsQuarantine", "RespondUndirected",
            ],
            added.Order(StringComparer.Ordinal));
        foreach (var (id, before) in Without.Resources)
        {
            var now = Template.Resource(id).DeepClone().AsObject();
            if (id == "RespondFunction")
            {
                now["Properties"]!["Environment"]!["Variables"]!.AsObject().Remove("BUDGETSYNC_CONTROL_POLICIES");
                now.Remove("DependsOn");
                // Two policies a second, of many accounts.
                Assert.Equal((840, 300), ((int)now["Properties"]!["Timeout"]!, (int)before!["Properties"]!["Timeout"]!));
                now["Properties"]!["Timeout"] = 300;
            }

            // Beside the policies themselves the tool is told that there are some; this deployment stops nothing, and that one does.
            Assert.Equal(Means().Replace(before.ToJsonString(), "$1"), Means().Replace(now.ToJsonString(), "$1"));
        }
    }

    /// <summary>As an entity took them before 2025, so that they fit an organization whose quota is old.</summary>
    [Fact]
    public void Every_policy_denies_fits_and_exempts_who_undoes_it()
    {
        foreach (var (id, policy) in Template.OfType("AWS::Organizations::Policy"))
        {
            var content = policy["Properties"]!["Content"]!;
            Assert.InRange(content.ToJsonString().Length, 1, 5_120);
            Assert.Null(policy["Properties"]!["TargetIds"]);
            foreach (var statement in content["Statement"]!.AsArray())
            {
                Assert.Equal("Deny", statement!["Effect"]!.ToString());
                var condition = statement["Condition"]!["ArnNotLike"]!;
                var exempt = Template.Text(condition["aws:PrincipalARN"] ?? condition["aws:PrincipalArn"]);
                foreach (var role in new[] { "stacksets-exec-*", "OrganizationAccountAccessRole", "AWSControlTowerExecution" })
                    Assert.Contains($"arn:*:iam::*:role/{role}", exempt, StringComparison.Ordinal);
                if (id != "ControlsProtect") Assert.Contains("role/BudgetSync-Apply", exempt, StringComparison.Ordinal);
            }
        }
    }

    [Fact]
    public void A_break_glass_role_is_exempt_from_all_of_them_and_kept_from_others()
    {
        var settings = new Settings { Respond = true, ControlPolicies = true, ExemptRoles = ["breakglass/*"] };
        var documents = ControlDocuments.OfRestrictions(settings).Select(policy => policy.Document).Append(ControlDocuments.Protecting(settings).Document);
        Assert.All(
            documents.SelectMany(document => document["Statement"]!.AsArray()),
            statement => Assert.Contains("role/breakglass/*", statement!["Condition"]!.ToJsonString(), StringComparison.Ordinal));
        var kept = ControlDocuments.Protecting(settings).Document["Statement"]!.AsArray()
            .Single(statement => statement!["Sid"]!.ToString() == "KeepExemptRoles");
        Assert.Contains("role/breakglass/*", kept!["Resource"]!.ToJsonString(), StringComparison.Ordinal);
    }

    [Fact]
    public void The_protecting_policy_knows_other_names_of_the_deployment()
    {
        var settings = new Settings { SpokeRoleName = "Enter", ApplyRoleName = "Make", ActionRoleName = "Act", ParameterName = "/team/limits" };
        var text = ControlDocuments.Protecting(settings).Document.ToJsonString();
        foreach (var name in new[] { "role/Enter", "role/Make", "role/Act", "parameter/team/limits" }) Assert.Contains(name, text, StringComparison.Ordinal);
        foreach (var name in new[] { "BudgetSyncSpokeRole", "BudgetSyncActionRole", "role/BudgetSync-Apply\"" })
            Assert.DoesNotContain(name, text, StringComparison.Ordinal);
    }

    /// <summary>Where the hub lives in a member account, policies bind it too: it exempts its own roles, in that account alone.</summary>
    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void The_hubs_roles_are_exempt_where_the_hub_is_a_delegated_administrators(bool delegated)
    {
        var settings = new Settings { Respond = true, ControlPolicies = true, DelegatedAdministrator = delegated };
        foreach (var (_, _, document) in ControlDocuments.OfRestrictions(settings))
            Assert.Equal(delegated, document.ToJsonString().Contains("role/BudgetSync-Respond", StringComparison.Ordinal));
    }

    [Fact]
    public void Settings_that_cannot_be_are_told()
    {
        Assert.StartsWith("controlPolicies: ", Assert.Single(Read(("controlPolicies", "true"))), StringComparison.Ordinal);
        Assert.Empty(Read(("controlPolicies", "true"), ("respond", "true")));
        var roles = string.Join(',', Enumerable.Range(0, 300).Select(number => $"team{number}/BreakGlass"));
        Assert.Contains(
            Read(("controlPolicies", "true"), ("respond", "true"), ("exemptRoles", roles)),
            problem => problem.Contains("AWS Organizations takes 10240", StringComparison.Ordinal));
    }

    private static ImmutableArray<string> Read(params (string Key, string Value)[] context) =>
        SettingsReader.Read(key => context.FirstOrDefault(entry => entry.Key == key).Value).Problems;

    [GeneratedRegex("""\\u0022(StopRegions|ControlPolicies)\\u0022:\\u0022[^\\]*\\u0022""")]
    private static partial Regex Means();
}
