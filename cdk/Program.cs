using Amazon.CDK;
using BudgetSync.Cdk;
using BudgetSync.Cdk.Code;

var app = new App(new AppProps { AnalyticsReporting = false });
var (settings, problems) = SettingsReader.Read(app.Node.TryGetContext, ContextKeys.Of(System.Environment.GetEnvironmentVariable));
if (settings is null)
{
    foreach (var problem in problems)
        Console.Error.WriteLine(problem);
    return 1;
}

var functions = settings.PublishedFunctions is { } folder ? PublishedFunctions.In(folder) : PublishedFunctions.Publish();
var templates = Directory.CreateTempSubdirectory("budgetsync-spoke-");
try
{
    BudgetSyncApp.AddStacks(app, settings, functions, templates.FullName);
    app.Synth();
}
finally
{
    templates.Delete(recursive: true);
}
return 0;
