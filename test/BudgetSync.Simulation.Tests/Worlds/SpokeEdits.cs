using System.Text.Json.Nodes;
using BudgetSync.LocalAws.Kernel;

namespace BudgetSync.Simulation.Tests.Worlds;

/// <summary>What people do inside the accounts: to our budgets, to budgets of their own, to the parameter.</summary>
internal sealed class SpokeEdits(SimulatedWorld world, ForeignBudgets foreign, Random random)
{
    /// <summary>One edit in one account.</summary>
    public void Make()
    {
        var accounts = world.Cloud.Organizations.AccountIds;
        var account = accounts[random.Next(accounts.Count)];
        switch (random.Next(9))
        {
            case 0:
                TypeParameter(account);
                break;
            case 1:
                Ask(account, world.Cloud.Ssm, "DeleteParameter", new JsonObject { ["Name"] = SimulatedWorld.Parameter });
                break;
            case 2 or 3:
                foreign.Create(account, random);
                break;
            default:
                EditBudget(account);
                break;
        }
    }

    private void TypeParameter(string account)
    {
        var text = random.Next(4) switch
        {
            0 => "not a document",
            1 => "{\"schema\":99}",
            _ => random.Next(1, 5000).ToString(System.Globalization.CultureInfo.InvariantCulture),
        };
        world.TypedByHand.Add((account, text));
        var request = new JsonObject { ["Name"] = SimulatedWorld.Parameter, ["Value"] = text, ["Overwrite"] = true };
        if (world.ParameterOf(account) is null) request["Type"] = "String";
        Ask(account, world.Cloud.Ssm, "PutParameter", request);
    }

    private void EditBudget(string account)
    {
        var ours = foreign.Managed(account);
        if (ours.Count == 0) return;
        var budget = ours[random.Next(ours.Count)];
        var name = budget["BudgetName"]!.ToString(); // Every budget has one.
        switch (random.Next(6))
        {
            case 0:
                Ask(account, world.Cloud.Budgets, "DeleteBudget", new JsonObject { ["AccountId"] = account, ["BudgetName"] = name });
                break;
            case 1:
                var changed = new JsonObject
                {
                    ["BudgetName"] = name,
                    ["BudgetType"] = "COST",
                    ["TimeUnit"] = "MONTHLY",
                    ["BudgetLimit"] = new JsonObject { ["Amount"] = "1", ["Unit"] = "USD" }
                };
                Ask(account, world.Cloud.Budgets, "UpdateBudget", new JsonObject { ["AccountId"] = account, ["NewBudget"] = changed });
                break;
            case 2:
                Ask(account, world.Cloud.Budgets, "CreateNotification", new JsonObject
                {
                    ["AccountId"] = account,
                    ["BudgetName"] = name,
                    ["Notification"] = new JsonObject
                    {
                        ["NotificationType"] = "ACTUAL",
                        ["ComparisonOperator"] = "GREATER_THAN",
                        ["Threshold"] = random.Next(1, 200)
                    },
                    ["Subscribers"] = new JsonArray(new JsonObject { ["SubscriptionType"] = "EMAIL", ["Address"] = "curious@example.com" }),
                });
                break;
            case 3:
                try
                {
                    world.Cloud.Budgets.SetSpend(account, name, random.Next(0, 20_000), random.Next(0, 20_000));
                    world.Journal.Write($"spend of {account} {name}");
                }
                catch (AwsException gone)
                {
                    world.Journal.Write($"no spend of {account} {name}: {gone.Code}");
                }

                break;
            default:
                EditNotification(account, name);
                break;
        }
    }

    private void EditNotification(string account, string name)
    {
        var answer = world.Manual.Ask(
            world.Cloud.Budgets,
            account,
            "DescribeNotificationsForBudget",
            new JsonObject { ["AccountId"] = account, ["BudgetName"] = name });
        if (answer["Notifications"] is not JsonArray { Count: > 0 } notifications) return;
        var notification = notifications[random.Next(notifications.Count)]!.DeepClone().AsObject(); // An array of objects.
        notification.Remove("NotificationState");
        var request = new JsonObject { ["AccountId"] = account, ["BudgetName"] = name, ["Notification"] = notification };
        if (random.Next(2) == 0)
        {
            Ask(account, world.Cloud.Budgets, "DeleteNotification", request);
            return;
        }

        request["Subscriber"] = new JsonObject { ["SubscriptionType"] = "EMAIL", ["Address"] = "curious@example.com" };
        Ask(account, world.Cloud.Budgets, "CreateSubscriber", request);
    }

    private void Ask(string account, AwsService service, string operation, JsonObject input) => world.Manual.Try(service, account, operation, input);
}
