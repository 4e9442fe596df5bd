using System.Diagnostics;

namespace BudgetSync.Cli.Tests;

/// <summary>Profiles as the AWS CLI writes them. The SDK reads the files that the process's own variables name, so each runs in a process of its own.</summary>
public sealed class ProfileTests
{
    /// <summary>The form that <c>aws configure sso</c> writes; nobody has signed in, so there is no cached token.</summary>
    [Fact]
    public async Task A_profile_of_Identity_Center_without_a_sign_in_says_how_to_sign_in()
    {
        var said = await RunAsync("""
            [profile finops]
            sso_session = company
            sso_account_id = 999999999999
            sso_role_name = FinOps
            region = eu-west-1

            [sso-session company]
            sso_start_url = https://company.awsapps.com/start
            sso_region = eu-west-1
            sso_registration_scopes = sso:account:access
            """);
        Assert.Contains("profile \"finops\" gives no credentials", said, StringComparison.Ordinal);
        Assert.Contains("aws sso login --profile finops", said, StringComparison.Ordinal);
        // What AWSSDK.Core says where AWSSDK.SSO or AWSSDK.SSOOIDC is not part of the tool.
        Assert.DoesNotContain("could not be found", said, StringComparison.OrdinalIgnoreCase);
        Assert.DoesNotContain("Assembly", said, StringComparison.OrdinalIgnoreCase);
    }

    private static async Task<string> RunAsync(string configuration)
    {
        var home = Directory.CreateTempSubdirectory("budgetsync-profile-");
        try
        {
            var file = Path.Combine(home.FullName, "config");
            await File.WriteAllTextAsync(file, configuration);
            var start = new ProcessStartInfo("dotnet", [Path.Combine(AppContext.BaseDirectory, "budgetsync.dll"), "status", "--profile", "finops"])
            {
                RedirectStandardOutput = true,
                RedirectStandardError = true,
            };
            foreach (var name in start.Environment.Keys.Where(name => name.StartsWith("AWS_", StringComparison.Ordinal)).ToList())
                start.Environment.Remove(name);
            start.Environment["AWS_CONFIG_FILE"] = file;
            start.Environment["AWS_SHARED_CREDENTIALS_FILE"] = Path.Combine(home.FullName, "credentials");
            start.Environment["HOME"] = home.FullName;
            using var process = Process.Start(start) ?? throw new InvalidOperationException("dotnet did not start.");
            var (output, error) = (process.StandardOutput.ReadToEndAsync(), process.StandardError.ReadToEndAsync());
            await process.WaitForExitAsync();
            Assert.Equal(ExitCode.Failed, process.ExitCode);
            return await output + await error;
        }
        finally
        {
            home.Delete(recursive: true);
        }
    }
}
