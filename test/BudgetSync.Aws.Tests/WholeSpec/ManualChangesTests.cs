using Amazon.Budgets.Model;
using BudgetSync.Core.Budgets;
using BudgetSync.LocalAws;
using BudgetSync.LocalAws.Kernel;
using Notification = Amazon.Budgets.Model.Notification;
using Spend = Amazon.Budgets.Model.Spend;
using Subscriber = Amazon.Budgets.Model.Subscriber;

namespace BudgetSync.Aws.Tests.WholeSpec;

/// <summary>People change budgets in the console: what they did to ours is put right, and what is theirs is theirs.</summary>
public sealed class ManualChangesTests
{
    private const int UsualSeeds = 25;

    [Fact]
    public async Task Whatever_people_did_to_our_budgets_is_put_right_by_one_apply()
    {
        await using var cloud = new LocalCloud(new LocalCloudOptions { Time = new VirtualClock(World.Start) });
        var edits = 0;
        foreach (var seed in Cases.Seeds(UsualSeeds))
        {
            using var spoke = new Spoke(cloud, Cases.Account(seed));
            var random = new Random(seed);
            var row = Cases.NextRow(random, null, spoke.Account);
            var desired = Cases.Resolve(row, spoke.Account)!; // A generated row is valid.
            await spoke.ApplyAsync(desired.Parameter.Document);
            for (var i = random.Next(1, 6); i > 0; i--)
            {
                if (await EditAsync(spoke, desired.Budgets, random)) edits++;
            }

            var found = await spoke.DriftAsync(desired.Budgets);
            spoke.Recorder.Forget();
            var report = await spoke.ApplyAsync();

            var left = await spoke.DriftAsync(desired.Budgets);
            Assert.True(
                left.IsEmpty && spoke.Recorder.Refused.Count == 0,
                $"seed {seed}: {row.ToJsonString()}\n{string.Join('\n', left.Concat(spoke.Recorder.Refused))}");
            Assert.True(found.IsEmpty || !report.Drift.IsEmpty, $"seed {seed}: the report tells of no drift");
        }

        Assert.True(edits > UsualSeeds);
    }

    [Fact]
    public async Task Foreign_budgets_are_untouched_by_all_that_happens_to_ours()
    {
        await using var cloud = new LocalCloud(new LocalCloudOptions { Time = new VirtualClock(World.Start) });
        foreach (var seed in Cases.Seeds(UsualSeeds))
        {
            using var spoke = new Spoke(cloud, Cases.Account(seed));
            var random = new Random(seed);
            await CreateAsync(spoke, "Theirs");
            var before = await SnapshotAsync(spoke);
            for (var i = 0; i < 3; i++)
            {
                if (Cases.Resolve(Cases.NextRow(random, null, spoke.Account), spoke.Account) is { } desired) await spoke.ApplyAsync(desired.Parameter.Document);
                Assert.Equal(before, await SnapshotAsync(spoke));
            }
        }
    }

    [Fact]
    public async Task A_budget_is_taken_over_when_its_row_says_so_and_the_report_tells_what_it_was()
    {
        await using var cloud = new LocalCloud(new LocalCloudOptions { Time = new VirtualClock(World.Start) });
        using var spoke = new Spoke(cloud, Cases.Account(1));
        await CreateAsync(spoke, "Monthly budget");

        var report =
            await spoke.ApplyAsync(
                """{"BudgetName":"Monthly budget","BudgetValue":900,"Thresholds":[80],"EmailRecipients":["owner@example.com"],"Adopt":true}""");

        Assert.Equal(
            "\"Monthly budget\" was taken over; it was a MONTHLY COST budget of 5 USD with 1 notifications and 0 actions",
            Assert.Single(report.Adopted));
        var ours = Assert.Single(
            (await spoke.ReadAsync(
                new DesiredBudgets(
                [
                    new DesiredBudget(
                        new BudgetSettings
                        {
                            Name = "Monthly budget",
                            Type = BudgetType.COST,
                            TimeUnit = TimeUnit.MONTHLY,
                            Amount = new BudgetAmount.Fixed(new BudgetSync.Core.Budgets.SpendAmount(900, "USD"))
                        },
                        [],
                        [])
                ]))).Budgets);
        Assert.Equal((true, new BudgetAmount.Fixed(new BudgetSync.Core.Budgets.SpendAmount(900, "USD"))), (ours.Managed, ours.Settings.Amount));
        Assert.Equal(["owner@example.com"], Assert.Single(ours.Notifications).Subscribers.Select(subscriber => subscriber.Address));
        Assert.Empty((await spoke.ApplyAsync()).Adopted);

        // Its owner's again when no row asks for it, as it stands; what we made ourselves is deleted.
        await spoke.ApplyAsync("""{"Budgets":[{"BudgetName":"Ours","BudgetValue":1}]}""");
        await spoke.ApplyAsync("""{"Budgets":[]}""");
        var theirs = Assert.Single((await spoke.ReadAsync(DesiredBudgets.None)).Budgets);
        Assert.Equal(("Monthly budget", false, false), (theirs.Settings.Name, theirs.Managed, theirs.Adopted));
        Assert.Equal(new BudgetAmount.Fixed(new BudgetSync.Core.Budgets.SpendAmount(900, "USD")), theirs.Settings.Amount);
        Assert.Equal("theirs", Assert.Single(theirs.Tags).Value);
    }

    [Fact]
    public async Task A_budget_taken_over_keeps_its_people_where_the_row_says_so()
    {
        await using var cloud = new LocalCloud(new LocalCloudOptions { Time = new VirtualClock(World.Start) });
        using var spoke = new Spoke(cloud, Cases.Account(1));
        await CreateAsync(spoke, "Monthly budget");

        await spoke.ApplyAsync(
            """{"BudgetName":"Monthly budget","BudgetValue":900,"Thresholds":[80],"EmailRecipients":["owner@example.com"],"Adopt":true"""
                + ""","KeepExtraSubscribers":true}""");

        var answer =
            await spoke.Person.DescribeSubscribersForNotificationAsync(
                new DescribeSubscribersForNotificationRequest { AccountId = spoke.Account.Value, BudgetName = "Monthly budget", Notification = At(80) });
        Assert.Equal(["owner@example.com", "them@example.com"], answer.Subscribers.Select(subscriber => subscriber.Address).Order(StringComparer.Ordinal));
    }

    /// <summary>One thing a person may do to one of our budgets.</summary>
    /// <returns>False where there was nothing to do it to.</returns>
    private static async Task<bool> EditAsync(Spoke spoke, DesiredBudgets desired, Random random)
    {
        var account = spoke.Account.Value;
        var actual = (await spoke.ReadAsync(desired)).Budgets;
        if (actual.IsEmpty) return false;
        var budget = actual[random.Next(actual.Length)];
        var name = budget.Settings.Name;
        var notification = budget.Notifications.IsEmpty ? null : budget.Notifications[random.Next(budget.Notifications.Length)];
        var key = notification is null ? null : AccountBudgets.ToAws.Notification(notification.Key);
        var free = At(3);
        free.ComparisonOperator = "LESS_THAN";
        var stranger = new Subscriber { SubscriptionType = "EMAIL", Address = "stranger@example.com" };
        switch (random.Next(8))
        {
            case 0:
                await spoke.Person.DeleteBudgetAsync(new DeleteBudgetRequest { AccountId = account, BudgetName = name });
                return true;
            case 1 when budget.Settings.Amount is BudgetAmount.Fixed && budget.Settings.Type == BudgetType.COST:
                var changed = AccountBudgets.ToAws.Budget(budget.Settings);
                changed.BudgetLimit = new Spend { Amount = 7, Unit = "USD" };
                await spoke.Person.UpdateBudgetAsync(new UpdateBudgetRequest { AccountId = account, NewBudget = changed });
                return true;
            case 2 when key is not null:
                await spoke.Person.DeleteNotificationAsync(new DeleteNotificationRequest { AccountId = account, BudgetName = name, Notification = key });
                return true;
            case 3 when budget.Notifications.Length < 10 && !budget.Notifications.Any(item => item.Key.Threshold == 3):
                await spoke.Person.CreateNotificationAsync(
                    new CreateNotificationRequest { AccountId = account, BudgetName = name, Notification = free, Subscribers = [stranger] });
                return true;
            case 4 when key is not null && !budget.Notifications.Any(item => item.Key.Threshold == 3):
                var moved = AccountBudgets.ToAws.Notification(notification!.Key with { Threshold = 3 }); // Not null: key is not.
                await spoke.Person.UpdateNotificationAsync(
                    new UpdateNotificationRequest { AccountId = account, BudgetName = name, OldNotification = key, NewNotification = moved });
                return true;
            // As above.
            case 5 when key is not null
                && notification!.Subscribers.Count(subscriber => subscriber.Type == SubscriptionType.EMAIL) < 10
                && !notification.Subscribers.Any(subscriber => subscriber.Address == stranger.Address):
                await spoke.Person.CreateSubscriberAsync(
                    new CreateSubscriberRequest { AccountId = account, BudgetName = name, Notification = key, Subscriber = stranger });
                return true;
            case 6 when key is not null:
                // As above.
                await spoke.Person.DeleteSubscriberAsync(
                    new DeleteSubscriberRequest
                    {
                        AccountId = account,
                        BudgetName = name,
                        Notification = key,
                        Subscriber = AccountBudgets.ToAws.Subscriber(notification!.Subscribers.Items[0])
                    });
                return true;
            case 7 when !budget.Actions.IsEmpty:
                await spoke.Person.DeleteBudgetActionAsync(
                    new DeleteBudgetActionRequest { AccountId = account, BudgetName = name, ActionId = budget.Actions[0].Id });
                return true;
            default:
                return false;
        }
    }

    private static Notification At(double threshold) =>
        new() { NotificationType = "ACTUAL", ComparisonOperator = "GREATER_THAN", Threshold = threshold, ThresholdType = "PERCENTAGE" };

    private static Task<CreateBudgetResponse> CreateAsync(Spoke spoke, string name) => spoke.Person.CreateBudgetAsync(new CreateBudgetRequest
    {
        AccountId = spoke.Account.Value,
        Budget = new Budget { BudgetName = name, BudgetType = "COST", TimeUnit = "MONTHLY", BudgetLimit = new Spend { Amount = 5, Unit = "USD" } },
        NotificationsWithSubscribers =
        [
            new NotificationWithSubscribers
            {
                Notification = At(80),
                Subscribers = [new Subscriber { SubscriptionType = "EMAIL", Address = "them@example.com" }]
            }
        ],
        ResourceTags = [new ResourceTag { Key = "team", Value = "theirs" }],
    });

    /// <summary>Everything there is of the foreign budget, as one text.</summary>
    private static async Task<string> SnapshotAsync(Spoke spoke)
    {
        var account = spoke.Account.Value;
        var budget =
            (await spoke.Person.DescribeBudgetAsync(
                new DescribeBudgetRequest { AccountId = account, BudgetName = "Theirs", ShowFilterExpression = true })).Budget;
        var notifications =
            (await spoke.Person.DescribeNotificationsForBudgetAsync(
                new DescribeNotificationsForBudgetRequest { AccountId = account, BudgetName = "Theirs" })).Notifications;
        var people =
            (await spoke.Person.DescribeSubscribersForNotificationAsync(
                new DescribeSubscribersForNotificationRequest { AccountId = account, BudgetName = "Theirs", Notification = At(80) })).Subscribers;
        var tags =
            (await spoke.Person.ListTagsForResourceAsync(
                new ListTagsForResourceRequest { ResourceARN = $"arn:aws:budgets::{account}:budget/Theirs" })).ResourceTags;
        return string.Create(
            System.Globalization.CultureInfo.InvariantCulture,
            $"{budget.BudgetLimit.Amount} {budget.LastUpdatedTime:O} {string.Join(',', notifications.Select(notification => notification.Threshold))} "
                + $"{string.Join(',', people.Select(subscriber => subscriber.Address))} {string.Join(',', tags.Select(tag => $"{tag.Key}={tag.Value}"))}");
    }
}
