using System.Text.Json;

namespace BudgetSync.LocalAws.Tests.Fuzz;

/// <summary>What stands where something else was meant to. As text: much of it is no JSON that .NET would write.</summary>
internal static class HostileValues
{
    /// <summary>JSON, well-formed or nearly.</summary>
    public static IReadOnlyList<string> Json { get; } =
    [
        "null", "true", "false", "0", "-1", "-0", "0.5", "1e400", "-1e400", "1e-400", "NaN", "Infinity", "-Infinity", "2147483648", "-2147483649",
        "9223372036854775808", "-9223372036854775809", "99999999999999999999999999999999999999999999999999", "79228162514264337593543950336",
        "253402300800", "-62135596801", "1e20", "1E+2", "01", "0x10", "[]", "{}", "[[]]", "[null]", "[{}]", "{\"\":\"\"}",
        "{\"S\":\"x\"}", "{\"N\":\"NaN\"}",
        "{\"N\":\"1e999\"}", "{\"M\":null}", "{\"L\":[null]}", "{\"SS\":[]}", "{\"B\":\"*\"}", "{\"a\":1,\"a\":2}", "\"\"", "\" \"", "\"\\u0000\"",
        "\"\\ud800\"", "\"\\udc00\\ud800\"", "\"\\u001b[31m\"", "\"\\uffff\"", "\"\\u202e\"", "\"é\"", "\"١٢٣\"", "\"-1\"", "\"1e400\"", "\"NaN\"", "\"*\"",
        "\"?\"", "\"arn:\"", "\"arn:aws:sqs:us-east-1:999999999999:\"", "\"arn:aws:::::\"", "\"arn:aws:iam::999999999999:role/\"",
        "\"::::::\"", "\"/\"", "\"//\"",
        "\"../../etc\"", "\"http://\"", "\"http://[\"", "\"http://localhost/999999999999/queue/../..\"", "\"%\"", "\"%00\"", "\"%ff%fe\"", "\"$\"", "\"$.\"",
        "\"$Nothing\"", "\"#\"", "\":\"", "\"((((((((\"", "\"a AND\"", "\"SET a = :b\"", "\"cron(\"", "\"cron(* * * * * *)\"", "\"rate(0 days)\"",
        "\"rate(99999999999 days)\"", "\"{\"", "\"{}\"", "\"[]\"", "\"null\"", "\"{\\\"Version\\\":1}\"", "\"{\\\"Statement\\\":[null]}\"",
        "\"{\\\"Statement\\\":\\\"\\\\ud800\\\"}\"", "\"{\\\"a\\\":[{\\\"numeric\\\":[\\\">\\\",1e999]}]}\"", "\"(a+)+$\"", "\"[\"", "\"(?<\"",
        Deep(10), Deep(200), Deep(20_000), DeepObject(100), Quoted(new string('a', 300)), Quoted(new string('a', 70_000)), Quoted(new string('9', 5000)),
        Quoted(new string('(', 5000)), Quoted(new string('.', 3000)), Quoted(Deep(300)), Quoted(new string('*', 500)),
    ];

    /// <summary>Parts of paths, queries, headers and forms.</summary>
    public static IReadOnlyList<string> Text { get; } =
    [
        "", " ", "%", "%%", "%0", "%00", "%2F", "%2f..%2f", "%ff", "%ED%A0%80", "\u0000", "é", "\ud800", "١", "..", ".", "//", "?", "??=&&", "=", "&", "&=&=",
        "a=1&a=1", "a=1&A=2", "FunctionName=x", "Qualifier=%24LATEST&Qualifier=x", "Payload=1", "+", "[", "]", "{}", "null", "-1", "1e400", "\r\n", "'\"<>",
        "$LATEST", ":", "arn:aws:lambda:us-east-1:999999999999:function:", "\u202e", new('a', 300), new('.', 3000), new('9', 100), new('/', 500),
    ];

    private static string Deep(int levels) => new string('[', levels) + new string(']', levels);

    private static string DeepObject(int levels) => string.Concat(Enumerable.Repeat("{\"M\":", levels)) + "{}" + new string('}', levels);

    private static string Quoted(string text) => JsonSerializer.Serialize(text);
}
