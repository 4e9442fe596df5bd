using BudgetSync.Management;
using BudgetSync.Spoke;

namespace BudgetSync.Functions.Tests;

public sealed class SettingsTests
{
    [Fact]
    public void Everything_that_is_wrong_with_the_management_settings_is_named_at_once()
    {
        var environment = Line.Environment("Propagate");
        environment.Remove("BUDGETSYNC_BUDGETS_TABLE");
        environment["BUDGETSYNC_MANAGEMENT_ACCOUNT_ID"] = "12";
        environment["BUDGETSYNC_EXTERNAL_ID"] = "";

        var message =
            Assert.Throws<InvalidOperationException>(() => ManagementFunction.Create(environment, null, TimeProvider.System, new Random(1), null)).Message;

        Assert.Contains("BUDGETSYNC_BUDGETS_TABLE: is missing; set it to something like BudgetSync-Budgets", message, StringComparison.Ordinal);
        Assert.Contains("BUDGETSYNC_MANAGEMENT_ACCOUNT_ID: \"12\" is no account id; write its 12 digits", message, StringComparison.Ordinal);
        Assert.Contains("BUDGETSYNC_EXTERNAL_ID: is missing", message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("Propagate", "BUDGETSYNC_DEFAULT_BUDGET_VALUE", "12,5", "BUDGETSYNC_DEFAULT_BUDGET_VALUE: \"12,5\" is not a number")]
    [InlineData("Propagate", "BUDGETSYNC_DEFAULT_BUDGET_VALUE", "1.234", "has 3 decimals")]
    [InlineData("Propagate", "BUDGETSYNC_CURRENCIES", "USD, euro", "Currencies: \"euro\" is no currency code; write for example USD")]
    [InlineData("Collect", "BUDGETSYNC_SPEND_BOUNDS", "OnTarget=75", "BUDGETSYNC_SPEND_BOUNDS: \"OnTarget\" is no bound")]
    [InlineData("Notify", "BUDGETSYNC_CHANNEL_SETTINGS", "[{\"name\":\"a\"}]", "is no list of channels")]
    [InlineData("Respond", "BUDGETSYNC_CONTROL_POLICIES", "STOP_ALL=p-0a1b2c3d", "BUDGETSYNC_CONTROL_POLICIES: \"STOP_ALL=p-0a1b2c3d\" is no kind")]
    [InlineData("Respond", "BUDGETSYNC_DEFAULT_BUDGET_VALUE", "12,5", "BUDGETSYNC_DEFAULT_BUDGET_VALUE: \"12,5\" is not a number")]
    [InlineData("Notify", "BUDGETSYNC_CHANNEL_SETTINGS", "{", "BUDGETSYNC_CHANNEL_SETTINGS: \"{\" is no list of channels")]
    public void An_optional_setting_that_is_wrong_is_refused_and_not_ignored(string function, string name, string value, string said)
    {
        var environment = Line.Environment(function);
        using (ManagementFunction.Create(environment, null, TimeProvider.System, new Random(1), null))
        {
            environment[name] = value;
        }

        var message =
            Assert.Throws<InvalidOperationException>(() => ManagementFunction.Create(environment, null, TimeProvider.System, new Random(1), null)).Message;

        Assert.Contains(said, message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_function_that_does_not_exist_is_refused_by_name()
    {
        var message =
            Assert.Throws<InvalidOperationException>(
                () => ManagementFunction.Create(Line.Environment("Apply"), null, TimeProvider.System, new Random(1), null)).Message;

        Assert.Contains("BUDGETSYNC_FUNCTION: \"Apply\" is none of Propagate, Reconcile, Collect", message, StringComparison.Ordinal);
    }

    [Fact]
    public void Everything_that_is_wrong_with_the_spokes_settings_is_named_at_once()
    {
        var message =
            Assert.Throws<InvalidOperationException>(
                () => SpokeFunction.Create(new Dictionary<string, string>(), null, TimeProvider.System, new Random(1), null)).Message;

        Assert.All(
            new[] { "BUDGETSYNC_FUNCTION", "BUDGETSYNC_ACCOUNT_ID", "BUDGETSYNC_PARAMETER_NAME", "BUDGETSYNC_DEFAULT_BUDGET_NAME" },
            name => Assert.Contains($"{name}: is missing", message, StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("Meter", "BUDGETSYNC_PARAMETER_NAME")]
    [InlineData("Meter", "BUDGETSYNC_HUB_ROLE")]
    [InlineData("Meter", "BUDGETSYNC_AI_SUSPENSION")]
    [InlineData("Meter", "BUDGETSYNC_AI_PEOPLE")]
    [InlineData("RegionMeter", "BUDGETSYNC_HOME_REGION")]
    public void Everything_that_is_wrong_with_Meters_settings_is_named_at_once(string function, string ofItsOwn)
    {
        var environment = new Dictionary<string, string> { ["BUDGETSYNC_FUNCTION"] = function };

        var message = Assert.Throws<InvalidOperationException>(
            () => SpokeFunction.Create(environment, null, TimeProvider.System, new Random(1), null)).Message;

        Assert.All(
            new[] { "BUDGETSYNC_ACCOUNT_ID", ofItsOwn, "BUDGETSYNC_AI_TABLE", "BUDGETSYNC_AI_LOG_GROUP", "BUDGETSYNC_AI_LOG_ROLE" },
            name => Assert.Contains($"{name}: is missing", message, StringComparison.Ordinal));
    }
}
