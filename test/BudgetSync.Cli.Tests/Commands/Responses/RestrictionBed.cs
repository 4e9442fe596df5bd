using Amazon.DynamoDBv2.Model;
using BudgetSync.Aws.Calls;
using BudgetSync.Aws.Clients;
using BudgetSync.Aws.Logging;
using BudgetSync.Aws.Tables;
using BudgetSync.Core.Restrictions;
using BudgetSync.Core.Rows.Building;
using BudgetSync.Core.Status;
using BudgetSync.LocalAws;
using BudgetSync.LocalAws.Kernel;

namespace BudgetSync.Cli.Tests.Commands.Responses;

/// <summary>Tables with restrictions on LocalAws, and the tool that looks at them.</summary>
internal sealed class RestrictionBed : IAsyncDisposable
{
    public const string Account = "111122223333";

    public const string Id = "r-0123456789ab";

    public static readonly DateTimeOffset Now = new(2026, 11, 12, 12, 0, 0, TimeSpan.Zero);

    private static readonly string[] Defaults = ["--email-recipient", "finops@example.com", "--budget-name", "SpokeAccountBudget"];

    private Dictionary<string, string> environment = [];

    public LocalCloud Cloud { get; private init; } = new();

    public VirtualClock Time { get; } = new(Now);

    public AwsCaller Caller { get; } = new(TimeProvider.System, new Random(1), new JsonLog(null, TimeProvider.System));

    public StatusTable Status { get; private set; } = null!; // Set by the only way to make one.

    public LedgerTable Ledger { get; private set; } = null!; // As above.

    public AwsClients Clients { get; private set; } = null!; // As above.

    public static Task<RestrictionBed> CreateAsync(params Restriction[] restrictions) => CreateAsync(new RestrictionBed(), restrictions);

    /// <summary>With a cloud that has this time: what Cost Explorer may be asked about depends on it.</summary>
    public static Task<RestrictionBed> CreateAtAsync(DateTimeOffset now) =>
        CreateAsync(new RestrictionBed { Cloud = new LocalCloud(new LocalCloudOptions { Time = new VirtualClock(now) }) });

    private static async Task<RestrictionBed> CreateAsync(RestrictionBed bed, params Restriction[] restrictions)
    {
        bed.environment = new()
        {
            ["AWS_REGION"] = "us-east-1",
            ["AWS_ACCESS_KEY_ID"] = "999999999999",
            ["AWS_SECRET_ACCESS_KEY"] = "any",
            ["AWS_ENDPOINT_URL"] = (await bed.Cloud.ListenAsync(0, CancellationToken.None)).ToString(),
        };
        bed.Clients = new AwsClients(bed.environment, bed.Cloud.CreateHandler());
        await bed.TableAsync("BudgetSync-Budgets", null);
        await bed.TableAsync("BudgetSync-Status", null);
        await bed.TableAsync("BudgetSync-Ledger", "Entry");
        await bed.TableAsync("BudgetSync-History", "BudgetDay");
        bed.Status = new StatusTable(bed.Clients.Dynamo, "BudgetSync-Status", bed.Caller);
        bed.Ledger = new LedgerTable(bed.Clients.Dynamo, "BudgetSync-Ledger", bed.Caller);
        var row = new StatusRow { Key = Account, State = AccountState.Applied, FirstSeenAt = Now, Restricts = true, Restrictions = [.. restrictions] };
        await bed.Status.StepAsync(Account, _ => row with { ItemVersion = 1 }, CancellationToken.None);
        return bed;
    }

    public static Restriction Of(RestrictionState state, string response = """{"At":"Over","Do":"DENY_NEW","Mode":"CONFIRM"}""", string id = Id) =>
        new(id, "team-a", ResponseText.Parse(response)!, state) // It is one.
        {
            PeriodStart = new DateOnly(2026, 11, 1),
            PeriodEnd = new DateOnly(2026, 12, 1),
            Fact = "team-a is Over: 1,050 USD (105.0 %) of 1,000 USD",
        };

    public Task<ToolResult> RunAsync(params string[] arguments) => RunAsync(200, arguments);

    public Task<ToolResult> RunAsync(int width, string[] arguments) => Tool.RunAsync(
        terminal => terminal with { Environment = environment, Time = Time, Width = width },
        [.. arguments, .. Defaults]);

    /// <param name="envelope">What the row's accounts may spend together; null is none.</param>
    public Task PutRowAsync(string key, string amount, string? envelope = null)
    {
        var row = new Dictionary<string, AttributeValue> { ["AccountId"] = new() { S = key }, ["BudgetValue"] = new() { N = amount } };
        if (envelope is not null) row["Envelope"] = new() { M = new() { ["Amount"] = new() { N = envelope } }, IsMSet = true };
        return Clients.Dynamo.PutItemAsync("BudgetSync-Budgets", row);
    }

    public async Task<RestrictionState> StateAsync() =>
        Assert.Single((await Status.ReadAsync(Account, CancellationToken.None))!.Restrictions).State; // The bed wrote it.

    public async Task<IEnumerable<string>> EntriesAsync() =>
        (await Ledger.EntriesAsync(Account, CancellationToken.None)).Select(entry => $"{entry.What} {entry.By}".Trim());

    public async ValueTask DisposeAsync()
    {
        Clients.Dispose();
        await Cloud.DisposeAsync();
    }

    private Task<CreateTableResponse> TableAsync(string name, string? sortKey)
    {
        List<KeySchemaElement> keys = [new KeySchemaElement("AccountId", "HASH")];
        List<AttributeDefinition> attributes = [new AttributeDefinition("AccountId", "S")];
        if (sortKey is not null)
        {
            keys.Add(new KeySchemaElement(sortKey, "RANGE"));
            attributes.Add(new AttributeDefinition(sortKey, "S"));
        }

        var request = new CreateTableRequest { TableName = name, BillingMode = "PAY_PER_REQUEST", KeySchema = keys, AttributeDefinitions = attributes };
        return Clients.Dynamo.CreateTableAsync(request);
    }
}
