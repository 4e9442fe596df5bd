using Amazon.CDK;
using BudgetSync.Cdk;
using BudgetSync.Cdk.Code;

var app = new App(new AppProps { AnalyticsReporting = false });
var (settings, problems) = SettingsReader.Read(app.Node.TryGetContext);
if (settings is null)
{
    foreach (var problem in problems)
        Console.Error.WriteLine(problem);
    return 1;
}
PortableTemplates.Write(settings, args[0]);
app.Synth();
return 0;
