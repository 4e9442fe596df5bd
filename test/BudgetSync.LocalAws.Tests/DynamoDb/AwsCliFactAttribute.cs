namespace BudgetSync.LocalAws.Tests.DynamoDb;

/// <summary>A test that runs the AWS CLI; skipped, visibly, where it is not installed.</summary>
internal sealed class AwsCliFactAttribute : FactAttribute
{
    public AwsCliFactAttribute()
    {
        var folders = (Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator);
        if (!Array.Exists(folders, folder => File.Exists(Path.Combine(folder, "aws")))) Skip = "The AWS CLI (aws) is not on the PATH.";
    }
}
