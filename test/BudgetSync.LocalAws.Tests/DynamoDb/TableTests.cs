using Amazon.DynamoDBv2;
using Amazon.DynamoDBv2.Model;

namespace BudgetSync.LocalAws.Tests.DynamoDb;

public sealed class TableTests
{
    [Fact]
    public async Task A_new_table_is_active_at_once_and_described_with_its_keys_stream_and_counts()
    {
        await using var budgets = await Budgets.OpenAsync();
        await budgets.PutAsync("a");

        var table = (await budgets.Client.DescribeTableAsync(Budgets.TableName)).Table;

        Assert.Equal(TableStatus.ACTIVE, table.TableStatus);
        Assert.Equal("arn:aws:dynamodb:us-east-1:111122223333:table/Budgets", table.TableArn);
        Assert.Equal("arn:aws:dynamodb:us-east-1:111122223333:table/Budgets/stream/2026-05-20T10:30:00.000", table.LatestStreamArn);
        Assert.Equal(("AccountId", KeyType.HASH), (table.KeySchema[0].AttributeName, table.KeySchema[0].KeyType));
        Assert.Equal((1L, 10L), (table.ItemCount, table.TableSizeBytes));
        Assert.Equal(BillingMode.PAY_PER_REQUEST, table.BillingModeSummary.BillingMode);
        Assert.Equal(budgets.Clock.GetUtcNow().UtcDateTime, table.BillingModeSummary.LastUpdateToPayPerRequestDateTime);
    }

    [Fact]
    public async Task A_table_says_since_when_it_is_paid_by_request_also_after_it_was()
    {
        await using var budgets = await Budgets.OpenAsync();
        await budgets.Client.UpdateTableAsync(new UpdateTableRequest
        {
            TableName = Budgets.TableName,
            BillingMode = BillingMode.PROVISIONED,
            ProvisionedThroughput = new ProvisionedThroughput(1, 1),
        });
        var provisioned = (await budgets.Client.DescribeTableAsync(Budgets.TableName)).Table.BillingModeSummary;
        var created = budgets.Clock.GetUtcNow().UtcDateTime;
        budgets.Clock.Advance(TimeSpan.FromDays(1));
        await budgets.Client.UpdateTableAsync(new UpdateTableRequest { TableName = Budgets.TableName, BillingMode = BillingMode.PAY_PER_REQUEST });

        Assert.Equal((BillingMode.PROVISIONED, created), (provisioned.BillingMode, provisioned.LastUpdateToPayPerRequestDateTime));
        Assert.Equal(
            budgets.Clock.GetUtcNow().UtcDateTime,
            (await budgets.Client.DescribeTableAsync(Budgets.TableName)).Table.BillingModeSummary.LastUpdateToPayPerRequestDateTime);
    }

    [Theory]
    [InlineData("DescribeTable", "{'TableName': 'a b'}")]
    [InlineData("DescribeTable", "{'TableName': 'ab'}")]
    [InlineData("DeleteTable", "{'TableName': 'Tabelle!'}")]
    [InlineData("GetItem", "{'TableName': 'Täble', 'Key': {'AccountId': {'S': 'a'}}}")]
    [InlineData("Scan", "{'TableName': 'Table\\n'}")]
    [InlineData("BatchGetItem", "{'RequestItems': {'a b': {'Keys': [{'AccountId': {'S': 'a'}}]}}}")]
    public async Task A_name_that_no_table_may_have_is_invalid_in_every_operation(string operation, string request)
    {
        await using var budgets = await Budgets.OpenAsync();

        var (code, message) = await new Wire(budgets.Cloud, "DynamoDB_20120810", "dynamodb").RefusalAsync(Budgets.Account, operation, request);

        Assert.Equal("ValidationException", code);
        Assert.StartsWith("Invalid table/index name.  Table/index names must be between 3 and 255 characters long", message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Two_attributes_of_one_name_are_refused()
    {
        await using var budgets = await Budgets.OpenAsync();
        const string request =
            "{'TableName': 'Table', 'BillingMode': 'PAY_PER_REQUEST', 'KeySchema': [{'AttributeName': 'k', 'KeyType': 'HASH'}], "
            + "'AttributeDefinitions': [{'AttributeName': 'k', 'AttributeType': 'S'}, {'AttributeName': 'k', 'AttributeType': 'N'}]}";

        Assert.Equal(
            ("ValidationException", "Cannot have two attributes with the same name"),
            await new Wire(budgets.Cloud, "DynamoDB_20120810", "dynamodb").RefusalAsync(Budgets.Account, "CreateTable", request));
    }

    [Fact]
    public async Task Creating_a_table_that_exists_is_refused()
    {
        await using var budgets = await Budgets.OpenAsync();

        await Assert.ThrowsAsync<ResourceInUseException>(() => budgets.Client.CreateTableAsync(Budgets.Request(Budgets.TableName)));
    }

    [Fact]
    public async Task A_table_that_is_not_there_is_not_found_by_any_operation()
    {
        await using var budgets = await Budgets.OpenAsync();

        await Assert.ThrowsAsync<ResourceNotFoundException>(() => budgets.Client.DescribeTableAsync("Other"));
        await Assert.ThrowsAsync<ResourceNotFoundException>(() => budgets.Client.DeleteTableAsync("Other"));
        await Assert.ThrowsAsync<ResourceNotFoundException>(() => budgets.Client.GetItemAsync("Other", Budgets.Key("a")));
        await Assert.ThrowsAsync<ResourceNotFoundException>(() => budgets.Client.ScanAsync(new ScanRequest("Other")));
    }

    [Fact]
    public async Task A_table_belongs_to_its_account_and_may_have_a_namesake_in_another()
    {
        await using var budgets = await Budgets.OpenAsync();
        await budgets.PutAsync("a");
        using var other = Sdk.DynamoDb(budgets.Cloud, "444455556666");
        await Assert.ThrowsAsync<ResourceNotFoundException>(() => other.DescribeTableAsync(Budgets.TableName));

        await other.CreateTableAsync(Budgets.Request(Budgets.TableName));

        Assert.Equal(0, (await other.ScanAsync(new ScanRequest(Budgets.TableName))).Count);
        await Assert.ThrowsAsync<AmazonDynamoDBException>(() => other.ScanAsync(new ScanRequest("arn:aws:dynamodb:us-east-1:111122223333:table/Budgets")));
    }

    [Fact]
    public async Task A_protected_table_is_deleted_only_after_its_protection()
    {
        await using var budgets = await Budgets.OpenAsync();
        await budgets.Client.UpdateTableAsync(new UpdateTableRequest { TableName = Budgets.TableName, DeletionProtectionEnabled = true });
        await Assert.ThrowsAsync<AmazonDynamoDBException>(() => budgets.Client.DeleteTableAsync(Budgets.TableName));
        await budgets.Client.UpdateTableAsync(new UpdateTableRequest { TableName = Budgets.TableName, DeletionProtectionEnabled = false });

        var deleted = await budgets.Client.DeleteTableAsync(Budgets.TableName);

        Assert.Equal(TableStatus.DELETING, deleted.TableDescription.TableStatus);
        await Assert.ThrowsAsync<ResourceNotFoundException>(() => budgets.Client.DescribeTableAsync(Budgets.TableName));
    }

    [Fact]
    public async Task Tables_are_listed_by_name_in_pages()
    {
        await using var budgets = await Budgets.OpenAsync();
        await budgets.Client.CreateTableAsync(Budgets.Request("Another"));

        var first = await budgets.Client.ListTablesAsync(new ListTablesRequest { Limit = 1 });
        var second = await budgets.Client.ListTablesAsync(new ListTablesRequest { Limit = 1, ExclusiveStartTableName = first.LastEvaluatedTableName });

        Assert.Equal(["Another", "Budgets"], first.TableNames.Concat(second.TableNames));
        Assert.Null(second.LastEvaluatedTableName);
    }

    [Theory]
    [InlineData("{'TableName': 'T1'}")]
    [InlineData(
        "{'TableName': 'Table', 'BillingMode': 'PAY_PER_REQUEST', 'KeySchema': [{'AttributeName': 'k', 'KeyType': 'HASH'}], 'AttributeDefinitions': []}")]
    [InlineData(
        "{'TableName': 'Table', 'BillingMode': 'PAY_PER_REQUEST', 'KeySchema': [{'AttributeName': 'k', 'KeyType': 'RANGE'}], 'AttributeDefinitions': "
            + "[{'AttributeName': 'k', 'AttributeType': 'S'}]}")]
    [InlineData(
        "{'TableName': 'Table', 'BillingMode': 'PAY_PER_REQUEST', 'KeySchema': [{'AttributeName': 'k', 'KeyType': 'HASH'}], 'AttributeDefinitions': "
            + "[{'AttributeName': 'k', 'AttributeType': 'S'}, {'AttributeName': 'l', 'AttributeType': 'S'}]}")]
    [InlineData(
        "{'TableName': 'Table', 'KeySchema': [{'AttributeName': 'k', 'KeyType': 'HASH'}], 'AttributeDefinitions': [{'AttributeName': 'k', "
            + "'AttributeType': 'S'}]}")]
    [InlineData(
        "{'TableName': 'Table', 'BillingMode': 'PAY_PER_REQUEST', 'KeySchema': [{'AttributeName': 'k', 'KeyType': 'HASH'}], 'AttributeDefinitions': "
            + "[{'AttributeName': 'k', 'AttributeType': 'S'}], 'StreamSpecification': {'StreamEnabled': true}}")]
    public async Task A_table_that_is_not_well_described_is_refused(string request)
    {
        await using var budgets = await Budgets.OpenAsync();

        Assert.Equal(
            "ValidationException",
            await new Wire(budgets.Cloud, "DynamoDB_20120810", "dynamodb").RefusedAsync(Budgets.Account, "CreateTable", request));
    }

    [Fact]
    public async Task Point_in_time_recovery_is_a_setting_that_is_kept()
    {
        await using var budgets = await Budgets.OpenAsync();
        await budgets.Client.UpdateContinuousBackupsAsync(new UpdateContinuousBackupsRequest
        {
            TableName = Budgets.TableName,
            PointInTimeRecoverySpecification = new PointInTimeRecoverySpecification { PointInTimeRecoveryEnabled = true },
        });

        var described = await budgets.Client.DescribeContinuousBackupsAsync(new DescribeContinuousBackupsRequest { TableName = Budgets.TableName });

        Assert.Equal(PointInTimeRecoveryStatus.ENABLED, described.ContinuousBackupsDescription.PointInTimeRecoveryDescription.PointInTimeRecoveryStatus);
    }
}
