using BudgetSync.Aws.Hosting;
using BudgetSync.Aws.Settings;
using BudgetSync.Management;

using var function = ManagementFunction.Create(ProcessEnvironment.Read(), null, TimeProvider.System, new Random(), Console.OpenStandardOutput());
await LambdaHost.RunAsync(function.InvokeAsync);
return 0;
