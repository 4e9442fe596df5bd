using System.Text.Json.Nodes;
using BudgetSync.Cdk.Restrictions;
using BudgetSync.Core.Restrictions;

namespace BudgetSync.Cdk.Tests;

/// <summary>What a spoke with respond has beside one without; the committed template of each shows it whole.</summary>
[Collection(nameof(Jsii))]
public sealed class RestrictionTemplateTests
{
    private const string Iam = "arn:${AWS::Partition}:iam::${AWS::AccountId}";
    private const string Parameter = "arn:${AWS::Partition}:ssm:${AWS::Region}:${AWS::AccountId}:parameter";
    private static readonly Template Template = Template.Committed("restrictions/spoke.template.json");
    private static readonly Template Without = Template.Committed("spoke.template.json");

    [Fact]
    public void It_adds_policies_a_permission_a_journal_a_lease_a_resource_that_frees_and_four_settings_and_changes_nothing_else()
    {
        var added = Template.Resources.Select(resource => resource.Key).Except(Without.Resources.Select(resource => resource.Key)).ToList();
        Assert.Equal(
            [
                "RestrictionsDenied", "RestrictionsDenyAi", "RestrictionsDenyApiscritical", "RestrictionsDenyNew", "RestrictionsLease",
                "RestrictionsLifting", "RestrictionsPermission",
            ],
            added.Order(StringComparer.Ordinal));
        foreach (var (id, before) in Without.Resources)
        {
            var now = Template.Resource(id).DeepClone().AsObject();
            if (now["Properties"]?["Environment"]?["Variables"] is JsonObject variables)
            {
                variables.Remove("BUDGETSYNC_DENY_POLICIES");
                variables.Remove("BUDGETSYNC_EXEMPT_ROLES");
                variables.Remove("BUDGETSYNC_HUB_ROLE");
                variables.Remove("BUDGETSYNC_ROLE");
            }

            if (now["DependsOn"] is JsonArray needed)
            {
                foreach (var name in needed.Where(name => added.Contains(name!.ToString())).ToList()) needed.Remove(name);
            }

            AskedSpoke.RemoveFrom(now);
            // Where rows are wrong, what is lifted is taken out of what the hub wrote, whoever wrote after it.
            AskedSpoke.RemoveStatement(now, "SeeWhoWroteTheParameter");
            Assert.Equal(before.ToJsonString(), now.ToJsonString());
        }
    }

    /// <summary>A row that names a list which no spoke has is rejected by the hub, with the lists that there are.</summary>
    [Fact]
    public void The_hub_knows_the_lists_that_rows_may_name()
    {
        var settings = Read(("respond", "true"), ("denyLists", """{"critical":["ec2:RunInstances"],"over":["rds:StartDB*"]}""")).Settings!;
        using var app = new SynthesizedApp(settings);
        foreach (var function in new[] { "PropagateFunction", "ReconcileFunction", "RespondFunction" })
            Assert.Equal(
                "critical,over",
                app.Stacks["BudgetSync-Management"].Resource(function)["Properties"]!["Environment"]!["Variables"]!["BUDGETSYNC_DENY_LISTS"]!.ToString());
    }

    /// <summary>Whose time is over has ended: else two runs have the lease.</summary>
    [Fact]
    public void No_function_that_restricts_runs_longer_than_its_lease()
    {
        foreach (var (id, function) in Template.OfType("AWS::Lambda::Function"))
            Assert.True(function["Properties"]!["Timeout"]!.GetValue<int>() <= RunLease.Length.TotalSeconds, id);
    }

    [Fact]
    public void Apply_may_attach_the_stacks_policies_and_no_others()
    {
        var statements = PolicyStatementText.All(Template)
            .Where(statement => statement.Where.StartsWith("RestrictionsPermission/", StringComparison.Ordinal))
            .ToList();
        const string own = "${RestrictionsDenyNew}, ${RestrictionsDenyAi}, ${RestrictionsDenyApiscritical}";
        string below = $"{Iam}:policy/BudgetSync/*", principals = $"{Iam}:role/*, {Iam}:user/*";

        Assert.Equal(
            [
                Allow("Restrict", "iam:AttachRolePolicy, iam:AttachUserPolicy", principals, $"ArnEquals iam:PolicyARN {own}"),
                Allow("Lift", "iam:DetachRolePolicy, iam:DetachUserPolicy", principals, $"ArnLike iam:PolicyARN {below}"),
                Allow("SeeWhomTheyBind", "iam:ListEntitiesForPolicy", below, ""),
                Allow(
                    "SeeWhoWroteTheParameter",
                    "ssm:GetParameterHistory",
                    $"{Parameter}/BudgetSync/Budgets",
                    ""),
                Allow(
                    "KeepJournalAndLease",
                    "ssm:PutParameter, ssm:GetParameterHistory, ssm:DeleteParameter",
                    $"{Parameter}{DenyJournal.ParameterName}, {Parameter}{RunLease.ParameterName}",
                    ""),
                Allow("SeeRolesAndUsers", "iam:ListRoles, iam:ListUsers", "*", ""),
            ],
            statements);

        static PolicyStatementText Allow(string sid, string actions, string resource, string condition) =>
            new($"RestrictionsPermission/{sid}", "Allow", "", actions, resource, condition);
    }

    [Fact]
    public void Every_policy_only_denies_fits_IAM_and_exempts_who_undoes_it()
    {
        foreach (var (id, policy) in Template.OfType("AWS::IAM::ManagedPolicy"))
        {
            var document = policy["Properties"]!["PolicyDocument"]!;
            Assert.True(document.ToJsonString().Length <= 6144, $"{id} has {document.ToJsonString().Length} characters.");
            Assert.Equal("/BudgetSync/", policy["Properties"]!["Path"]!.ToString());
            var statement = Assert.Single(document["Statement"]!.AsArray())!;
            Assert.Equal("Deny", statement["Effect"]!.ToString());
            var exempt = Template.Text(statement["Condition"]!["ArnNotLike"]!["aws:PrincipalARN"]);
            foreach (var role in new[] { "BudgetSync-Apply", "BudgetSyncSpokeRole", "stacksets-exec-*", "OrganizationAccountAccessRole", "breakglass/*" })
                Assert.Contains($"arn:*:iam::*:role/{role}", exempt, StringComparison.Ordinal);
            Assert.Equal(ProtectTag.NoProtection, statement["Condition"]!["StringEqualsIgnoreCaseIfExists"]![$"aws:PrincipalTag/{ProtectTag.Key}"]!.ToString());
        }
    }

    [Fact]
    public void The_deny_lists_are_those_that_AWS_publishes_and_more()
    {
        Assert.Equal((147, 17 + 4), (DenyLists.New.Length, DenyLists.Ai.Length));
        Assert.Contains("ec2:RunInstances", DenyLists.New);
        Assert.Contains("bedrock:InvokeModelWithBidirectionalStream", DenyLists.Ai);
        Assert.Equal(DenyLists.New.Length, DenyLists.New.Distinct().Count());
        Assert.DoesNotContain(DenyLists.New.Concat(DenyLists.Ai), action => action.Contains('*', StringComparison.Ordinal));
    }

    [Fact]
    public void Settings_that_cannot_be_are_all_told_at_once()
    {
        var (settings, problems) = Read(("respond", "true"), ("denyLists", """{"1x":["ec2"],"empty":[]}"""), ("exemptRoles", "a b,*"));

        Assert.Null(settings);
        Assert.Equal(
            [
                "denyLists: \"1x\" is no name of a list; write letters, digits and -, 32 at most, a letter first",
                "denyLists: \"ec2\" of \"1x\" is no action; write service:Action, for example rds:StartDB*",
                "denyLists: \"empty\" denies nothing; list actions, for example [\"ec2:RunInstances\"]",
            ],
            problems.Where(problem => problem.StartsWith("denyLists", StringComparison.Ordinal)).Order(StringComparer.Ordinal));
        Assert.Equal(2, problems.Count(problem => problem.StartsWith("exemptRoles", StringComparison.Ordinal)));
        Assert.StartsWith("respond: is not true", Assert.Single(Read(("exemptRoles", "Fire")).Problems), StringComparison.Ordinal);
        var wide = string.Join(',', Enumerable.Range(0, 400).Select(number => $"\"service{number}:Create\""));
        Assert.Contains(
            "IAM takes 6144",
            Assert.Single(Read(("respond", "true"), ("denyLists", $$"""{"wide":[{{wide}}]}""")).Problems),
            StringComparison.Ordinal);
    }

    private static (Settings? Settings, IReadOnlyList<string> Problems) Read(params (string Key, string Value)[] context)
    {
        var (settings, problems) = SettingsReader.Read(key => context.FirstOrDefault(entry => entry.Key == key).Value);
        return (settings, problems);
    }
}
