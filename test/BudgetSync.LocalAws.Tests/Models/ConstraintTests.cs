using BudgetSync.LocalAws.Kernel;

namespace BudgetSync.LocalAws.Tests.Models;

/// <summary>
/// Every constraint that AWS's service models put on a request (constraints.json, made by constraints.py) is held by LocalAws, and no other:
/// values just inside it are taken, values just outside it are not. A member that LocalAws does not know is refused by name, which UnknownMemberTests hold.
/// </summary>
public sealed class ConstraintTests
{
    private static readonly ServiceModels Models = ServiceModels.Load();

    public static TheoryData<string, string> Operations()
    {
        var operations = new TheoryData<string, string>();
        foreach (var (service, operation) in Models.Operations) operations.Add(service, operation);
        return operations;
    }

    [Theory]
    [MemberData(nameof(Operations))]
    public void Values_just_outside_a_constraint_of_AWSs_model_are_refused_and_those_just_inside_are_not(string service, string operation)
    {
        var walk = new ConstraintWalk(Models.ShapesOf(service), service);

        walk.Compare(Models.InputOf(service, operation), Find(service, operation).Input, operation);

        Assert.True(walk.Wrong.Count == 0, string.Join("\n", walk.Wrong));
    }

    [Fact]
    public void Every_operation_of_these_services_is_in_the_table()
    {
        var cloud = new LocalCloud();
        var missing = cloud.Gateway.Services
            .Where(service => ServiceModels.Name(service) is not null)
            .SelectMany(service => service.Operations.Select(operation => (ServiceModels.Name(service)!, operation.Name))) // Chosen by the line before.
            .Except(Models.Operations);

        Assert.Empty(missing);
    }

    [Fact]
    public void Every_exception_is_one()
    {
        var used = new HashSet<string>(StringComparer.Ordinal);
        foreach (var (service, operation) in Models.Operations)
        {
            var walk = new ConstraintWalk(Models.ShapesOf(service), service);
            walk.Compare(Models.InputOf(service, operation), Find(service, operation).Input, operation);
            used.UnionWith(walk.Excused);
        }

        Assert.Empty(ConstraintWalk.Exceptions.Keys.Except(used));
    }

    private static AwsOperation Find(string service, string operation) =>
        new LocalCloud().Gateway.Services.Single(known => ServiceModels.Name(known) == service).Find(operation)
        ?? throw new InvalidOperationException($"LocalAws has no operation {operation} of {service}; take it out of constraints.py.");
}
