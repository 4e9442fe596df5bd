namespace BudgetSync.LocalAws.Tests.Ssm;

public sealed class ParameterEventTests
{
    private readonly SsmTestBed bed = new();

    [Fact]
    public async Task A_change_sends_an_event_with_everything_but_the_value()
    {
        await bed.CallAsync("PutParameter", "{'Name':'/BudgetSync/Budgets','Type':'String','Value':'secret','Description':'managed budgets'}");

        var change = Assert.Single(bed.Events);
        var id = change["id"]!.GetValue<string>();
        Assert.Equal(36, id.Length);
        Assert.Equal(
            $$$"""{"version":"0","id":"{{{id}}}","detail-type":"Parameter Store """
                + $$$"""Change","source":"aws.ssm","account":"111122223333","ti"""
                + $$$"""me":"2026-05-20T10:30:00Z","region":"us-east-1","resour"""
                + $$$"""ces":["arn:aws:ssm:us-east-1:111122223333:parameter/Bud"""
                + $$$"""getSync/Budgets"],"detail":{"operation":"Create","name":"/BudgetSync/Budgets","type":"String","description":"managed budgets"}}""",
            change.ToJsonString());
    }

    [Fact]
    public async Task The_event_says_create_update_or_delete()
    {
        await bed.PutAsync("/a");
        await bed.OverwriteAsync("/a", "w");
        await bed.CallAsync("DeleteParameter", "{'Name':'/a'}");

        Assert.Equal(["Create", "Update", "Delete"], bed.Events.Select(change => change["detail"]!["operation"]!.GetValue<string>()));
    }

    [Fact]
    public async Task The_event_has_no_description_where_the_parameter_has_none()
    {
        await bed.PutAsync("/a");

        Assert.False(bed.Events[0]["detail"]!.AsObject().ContainsKey("description"));
    }

    [Fact]
    public async Task A_refused_call_sends_no_event()
    {
        Assert.Equal("ValidationException", await bed.RefusedAsync("PutParameter", "{'Name':'/a','Value':'v'}"));
        Assert.Equal("ParameterNotFound", await bed.RefusedAsync("DeleteParameter", "{'Name':'/a'}"));

        Assert.Empty(bed.Events);
    }
}
