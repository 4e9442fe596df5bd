using System.Globalization;
using System.Net;
using BudgetSync.Cli.Terminal;

namespace BudgetSync.Cli.Commands.Ai;

/// <summary>A file of prices that is given by its address. It is public: no credential goes along, and no redirection is followed.</summary>
internal static class OfferAddress
{
    /// <summary>Ours: AWS's files of Bedrock are a tenth of it.</summary>
    public const int MostBytes = 128 * 1024 * 1024;

    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(2);

    private const string WayOut = "where there is no network, fetch it elsewhere and give the file";

    /// <summary>The address that an argument is; null where it is a file's name.</summary>
    /// <exception cref="CommandException">It is one by which nothing is fetched.</exception>
    public static Uri? Of(string argument)
    {
        if (!argument.Contains("://", StringComparison.Ordinal)) return null;
        if (!Uri.TryCreate(argument, UriKind.Absolute, out var address)) throw Refused(argument, "is no address");
        if (address.UserInfo.Length > 0) throw Refused(address.Host, "the address holds a name or a password, and AWS's files need none");
        return address.Scheme == Uri.UriSchemeHttps || (address.Scheme == Uri.UriSchemeHttp && address.IsLoopback)
            ? address
            : throw Refused(argument, "is not https; only this machine is asked by http");
    }

    /// <summary>Fetches it whole, unpacked where it comes packed.</summary>
    /// <exception cref="CommandException">It cannot be fetched, in time or within its bound.</exception>
    public static async Task<Stream> FetchAsync(Uri address, CancellationToken cancellation)
    {
        using var handler = new SocketsHttpHandler { AllowAutoRedirect = false, AutomaticDecompression = DecompressionMethods.All };
        using var client = new HttpClient(handler) { Timeout = Patience, MaxResponseContentBufferSize = MostBytes };
        try
        {
            using var answer = await client.GetAsync(address, cancellation);
            if (!answer.IsSuccessStatusCode)
            {
                var to = answer.Headers.Location is { } other ? $", and sends to {other}" : "";
                throw Refused(address.OriginalString, string.Create(CultureInfo.InvariantCulture, $"answers {(int)answer.StatusCode}{to}"));
            }

            return new MemoryStream(await answer.Content.ReadAsByteArrayAsync(cancellation));
        }
        catch (HttpRequestException failure)
        {
            throw Refused(address.OriginalString, $"cannot be fetched: {failure.Message.TrimEnd('.')}; {WayOut}");
        }
        catch (OperationCanceledException) when (!cancellation.IsCancellationRequested)
        {
            throw Refused(address.OriginalString, $"is not whole after {Patience.TotalMinutes} minutes; {WayOut}");
        }
    }

    private static CommandException Refused(string address, string why) => new(Printable.Line($"{address}: {why}."));
}
