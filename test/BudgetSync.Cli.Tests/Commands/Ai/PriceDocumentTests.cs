using System.IO.Compression;
using System.Text;

namespace BudgetSync.Cli.Tests.Commands.Ai;

/// <summary>Files of prices as they come: packed, of other encodings, cut, too large, and written over while a disk is full.</summary>
public sealed class PriceDocumentTests : IDisposable
{
    private readonly DirectoryInfo folder = Directory.CreateTempSubdirectory("budgetsync-prices-");

    public void Dispose() => folder.Delete(recursive: true);

    [Theory]
    [InlineData("plain")]
    [InlineData("byte order mark")]
    [InlineData("UTF-16")]
    [InlineData("UTF-16, big end first")]
    [InlineData("gzip")]
    [InlineData("gzip of UTF-16")]
    public async Task A_file_is_read_as_it_comes(string form)
    {
        var text = PricesRefreshTests.Bedrock;
        var bytes = form switch
        {
            "byte order mark" => [.. Encoding.UTF8.GetPreamble(), .. Encoding.UTF8.GetBytes(text)],
            "UTF-16" => [.. Encoding.Unicode.GetPreamble(), .. Encoding.Unicode.GetBytes(text)],
            "UTF-16, big end first" => [.. Encoding.BigEndianUnicode.GetPreamble(), .. Encoding.BigEndianUnicode.GetBytes(text)],
            "gzip" => Packed(Encoding.UTF8.GetBytes(text)),
            "gzip of UTF-16" => Packed([.. Encoding.Unicode.GetPreamble(), .. Encoding.Unicode.GetBytes(text)]),
            _ => Encoding.UTF8.GetBytes(text),
        };

        var run = await RefreshAsync(bytes);

        Assert.True(run.ExitCode == ExitCode.Differences, run.Error);
        Assert.Contains("0.3 -> 0.24", run.Out, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("a code page", "is no UTF-8 text")]
    [InlineData("half of a UTF-16 pair", "begins as UTF-16 and is not UTF-16 text")]
    [InlineData("half of a gzip file", "is no whole gzip file")]
    [InlineData("a name twice", "is no JSON: ")]
    [InlineData("cut", "is no JSON: ")]
    [InlineData("nothing", "is no JSON: ")]
    [InlineData("a day that has not come", "its publicationDate is 2099-01-01, which has not come")]
    public async Task What_cannot_be_believed_is_refused_with_what_it_is(string form, string why)
    {
        var text = PricesRefreshTests.Bedrock;
        var run = await RefreshAsync(form switch
        {
            "a code page" => Encoding.Latin1.GetBytes(text.Replace("Acme One", "Acm\u00e9 One", StringComparison.Ordinal)),
            "half of a UTF-16 pair" => [.. Encoding.Unicode.GetPreamble(), 0x22, 0x00, 0x00, 0xD8],
            "half of a gzip file" => Packed(Encoding.UTF8.GetBytes(text))[..200],
            "a name twice" => Encoding.UTF8.GetBytes(text.Replace("\"C\": {", "\"A\": {", StringComparison.Ordinal)),
            "cut" => Encoding.UTF8.GetBytes(text)[..500],
            "nothing" => [],
            _ => Encoding.UTF8.GetBytes(text.Replace("2026-11-01T", "2099-01-01T", StringComparison.Ordinal)),
        });

        Assert.Equal(ExitCode.Failed, run.ExitCode);
        Assert.Contains(why, run.Error.ReplaceLineEndings(" ").Replace("  ", " ", StringComparison.Ordinal), StringComparison.Ordinal);
    }

    /// <summary>Also where a few bytes of gzip stand for them.</summary>
    [Fact]
    public async Task A_file_above_its_bound_is_not_read_to_its_end()
    {
        var run = await RefreshAsync(Packed(new byte[129 * 1024 * 1024]));

        Assert.Equal(ExitCode.Failed, run.ExitCode);
        Assert.Contains("has more than 128 MB", run.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_list_that_is_a_link_stays_one_and_keeps_its_mode()
    {
        var (list, link) = (Path.Combine(folder.FullName, "list.json"), Path.Combine(folder.FullName, "link.json"));
        await File.WriteAllTextAsync(list, "[]");
        if (!OperatingSystem.IsWindows()) File.SetUnixFileMode(list, UnixFileMode.UserRead | UnixFileMode.UserWrite);
        File.CreateSymbolicLink(link, "list.json");

        var run = await RefreshAsync(Encoding.UTF8.GetBytes(PricesRefreshTests.Bedrock), "--write", link);

        Assert.True(run.ExitCode == ExitCode.Done, run.Error);
        Assert.Equal("list.json", new FileInfo(link).LinkTarget);
        Assert.Contains("amazon.nova-lite-v1:0", await File.ReadAllTextAsync(list), StringComparison.Ordinal);
        if (!OperatingSystem.IsWindows()) Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(list));
    }

    /// <summary>A folder that takes no file stands for a disk that takes no byte: the list is as it was, and nothing lies beside it.</summary>
    [Fact]
    public async Task A_list_that_cannot_be_written_whole_is_the_one_that_it_was()
    {
        var target = Path.Combine(folder.FullName, "taken");
        Directory.CreateDirectory(target);

        var run = await RefreshAsync(Encoding.UTF8.GetBytes(PricesRefreshTests.Bedrock), "--write", target);

        Assert.Equal(ExitCode.Failed, run.ExitCode);
        Assert.Contains("taken: cannot be written: ", run.Error.ReplaceLineEndings(" "), StringComparison.Ordinal);
        Assert.Equal(["offer", "prices.json", "taken"], folder.EnumerateFileSystemInfos().Select(entry => entry.Name).Order(StringComparer.Ordinal));
    }

    private async Task<ToolResult> RefreshAsync(byte[] offer, params string[] more)
    {
        var (file, prices) = (Path.Combine(folder.FullName, "offer"), Path.Combine(folder.FullName, "prices.json"));
        await File.WriteAllBytesAsync(file, offer);
        await File.WriteAllTextAsync(prices, """
            [{ "model": "amazon.nova-lite-v1:0", "region": "us-east-1", "kind": "Regional", "input": 0.06, "output": 0.3, "source": "a test",
               "on": "2025-07-20" }]
            """);
        return await Tool.RunAsync(["ai", "prices", "refresh", file, "--prices", prices, .. more]);
    }

    private static byte[] Packed(byte[] bytes)
    {
        var packed = new MemoryStream();
        using (var gzip = new GZipStream(packed, CompressionLevel.Fastest)) gzip.Write(bytes);
        return packed.ToArray();
    }
}
