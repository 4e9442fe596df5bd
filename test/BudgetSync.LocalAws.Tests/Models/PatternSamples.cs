namespace BudgetSync.LocalAws.Tests.Models;

/// <summary>
/// Texts just inside and just outside each pattern of the models: other scripts' letters and digits, line ends, one character too few or too many.
/// </summary>
internal static class PatternSamples
{
    private const string Hex = "01234567-89ab-cdef-0123-456789abcdef";
    private static readonly string Seventeen = new('a', 17);

    public static IReadOnlyDictionary<string, (
        string[] Inside,
        string[] Outside)> All
    { get; } = new Dictionary<string, (string[] Inside, string[] Outside)>(StringComparer.Ordinal)
    {
        [@"\d{12}"] = (["111122223333"], ["11112222333", "1111222233334", "11112222333a", "١١١١٢٢٢٢٣٣٣٣", "111122223333\n"]),
        [@"^\d{12}$"] = (["111122223333"], ["11112222333a", "١١١١٢٢٢٢٣٣٣٣", "111122223333\n"]),
        ["^[a-fA-F0-9]{8}-[a-fA-F0-9]{4}-[a-fA-F0-9]{4}-[a-fA-F0-9]{4}-[a-fA-F0-9]{12}$"] = ([Hex], [Hex[1..], Hex + "0", Hex.Replace('a', 'g')]),
        [@"^arn:aws[a-z-]*:(billing)::[0-9]{12}:billingview/[a-zA-Z0-9/:_\+=\.\-@]{0,75}[a-zA-Z0-9]$"] =
            (["arn:aws:billing::111122223333:billingview/primary", "arn:aws-cn:billing::111122223333:billingview/a"],
            ["arn:aws:billing::111122223333:billingview/", "arn:aws:billing::111122223333:billingview/a-", "arn:aws:billing::11112222333:billingview/a"]),
        [@"^(?![^:\\]*/action/|(?i).*<script>.*</script>.*)[^:\\]+$"] =
            (["team-a", "ünïcode", "a/action", "a\nb"], ["a:b", @"a\b", "a/action/b", "a<script>b</script>", "a<SCRIPT>b</SCRIPT>"]),
        [@"[\S\s]*"] = (["", "anything\n at all"], []),
        [@"[\s\S]*"] = (["", "anything\n at all"], []),
        ["[^:].*"] = (["a", "AWS/BedrockMantle", "a:b"], [":a", "a\nb", ""]),
        [@"((/[A-Za-z0-9\.,\+@=_-]+)*)/"] = (["/", "/Team/", "/a/b.c/"], ["", "Team/", "/Team", "/Tä/", "//"]),
        [".*"] = (["", "one line"], ["two\nlines", "two\rlines", "two\u2028lines", "two\u0085lines"]),
        [@"^([\u0021-\u007F]+\u002F)?[\w+=,.@-]+$"] = (["Developer", "path/to/Developer"], ["", "a b", "Entwicklér", "path/to/"]),
        [@"^i-(\w{8}|\w{17})$|^[a-zA-Z]([\w-]{0,61}\w)?$"] =
            (["i-12345678", $"i-{Seventeen}", "database-1", "a"], ["1-database", "database-", "a b", "dätabase"]),
        [@"([0-9]*\.)?[0-9]+"] = (["0", "1500", ".5", "1.50"], ["", "5.", "-1", "+1", "1e3", "1,5", "١", "1\n"]),
        [@"^arn:aws(-eusc|-cn|-us-gov|-iso|-iso-[a-z]{1})?:iam::(\d{12}|aws):policy(\u002F[\u0021-\u007F]+\u002F|\u002F)[\w+=,.@-]+$"] =
            (["arn:aws:iam::aws:policy/ReadOnlyAccess", "arn:aws-cn:iam::111122223333:policy/a/b/c"],
            ["arn:aws:iam::11112222333:policy/a", "arn:aws:iam::aws:policy/", "arn:aws:iam::aws:role/a", "arn:aws:iam::aws:policy/ä"]),
        ["^p-[0-9a-zA-Z_]{8,128}$"] = (["p-12345678"], ["p-1234567", "12345678", "p-1234567é"]),
        [@"^\w{2,4}-\w+(-\w+)?-\d$"] = (["us-east-1", "us-gov-west-1"], ["us-east", "us-east-12", "us--east-1", "us-east-١"]),
        [@"^arn:aws(-eusc|-cn|-us-gov|-iso|-iso-[a-z]{1})?:iam::\d{12}:role(\u002F[\u0021-\u007F]+\u002F|\u002F)[\w+=,.@-]+$"] =
            (["arn:aws:iam::111122223333:role/Actions", "arn:aws:iam::111122223333:role/path/Actions"],
            ["arn:aws:iam::11112222333:role/Actions", "arn:aws:iam::111122223333:role/", "arn:aws:iam::111122223333:user/Actions"]),
        [@"(.*[\n\r\t\f\ ]?)*"] = (["a@example.com", "two\nlines"], ["two\u2028lines"]),
        [@"^(ou-[0-9a-z]{4,32}-[a-z0-9]{8,32}$)|(\d{12})"] = (["ou-ab12-11111111", "111122223333"], ["ou-ab12-1111111", "11112222333", "r-ab12"]),
        [@"^(\d{12})|(ou-[0-9a-z]{4,32}-[a-z0-9]{8,32})$"] = (["111122223333", "ou-ab12-11111111"], ["r-ab12", "11112222333"]),
        [@"[\u0020-\u007E]+"] = (["Team A"], ["", "Téam", "Team\n"]),
        ["^car-[a-z0-9]{8,32}$"] = (["car-12345678"], ["car-1234567", "car-1234567A", "12345678"]),
        [@"[^\s@]+@[^\s@]+\.[^\s@]+"] = (["a@example.com"], ["a@example", "@example.com", "a b@example.com", "a@b@example.com"]),
        ["^ou-[0-9a-z]{4,32}-[a-z0-9]{8,32}$"] = (["ou-ab12-11111111"], ["ou-ab1-11111111", "ou-ab12-1111111", "r-ab12"]),
        ["^(r-[0-9a-z]{4,32})|(ou-[0-9a-z]{4,32}-[a-z0-9]{8,32})$"] = (["r-ab12", "ou-ab12-11111111"], ["r-ab1", "root", "ou-ab12-1111111"]),
        ["^r-[0-9a-z]{4,32}$"] = (["r-ab12"], ["r-ab1", "ou-ab12-11111111", "r-AB12"]),
        [@"^(r-[0-9a-z]{4,32})|(\d{12})|(ou-[0-9a-z]{4,32}-[a-z0-9]{8,32})$"] =
            (["r-ab12", "111122223333", "ou-ab12-11111111"], ["r-ab1", "11112222333", "ou-ab12-1111111", "p-12345678"]),
        [@"^(r-[0-9a-z]{4,32})|(\d{12})|(ou-[0-9a-z]{4,32}-[a-z0-9]{8,32})|(^p-[0-9a-zA-Z_]{8,128})|(^rp-[0-9a-zA-Z_]{4,128})$"] =
            (["r-ab12", "111122223333", "ou-ab12-11111111", "p-12345678", "rp-ab12"],
            ["r-ab1", "11112222333", "ou-ab12-1111111", "p-1234567", "rp-ab1", "111122223333\n"]),
        [@"[\w+=,.@-]+"] = (["Role"], ["", "a b", "Rôle"]),
        [@"v[1-9][0-9]*(\.[A-Za-z0-9-]*)?"] = (["v1", "v12", "v1.a-9"], ["", "1", "v0", "V1", "v1.é", "v1\n"]),
        [@"[\u0009\u000A\u000D\u0020-\u00FF]+"] = (["a\tb\r\né"], ["", "a\u0001", "\u0100"]),
        [@"[\u0020-\u00FF]+"] = (["a b", "é"], ["", "a\nb", "\u0100"]),
        [@"\u002F[\u0021-\u007F]*"] = (["/", "/a/b"], ["", "a/", "/a b", "/ä"]),
        [@"(\u002F)|(\u002F[\u0021-\u007E]+\u002F)"] = (["/", "/a/"], ["", "/a", "a/", "/ä/"]),
        [@"[\w+=,.@-]{1,64}"] = (["Role"], ["", "a b", "Rôle", new string('r', 65)]),
        [@"[\w+=,.@-]*"] = (["", "BudgetSync-1"], ["with space", "sessiön", "a:b", "a\n"]),
        [@"[\w+=,.@:\/-]*"] = (["", "a:b/c"], ["with space", "sessiön", "a\n"]),
        [@"^([\p{L}\p{Z}\p{N}_.:/=+\-@]*)$"] = (["", "ünï 1", "a:b/c"], ["a;b", "a\tb", "a*"]),
        [@"([\p{L}\p{Z}\p{N}_.:/=+\-@]*)"] = (["", "ünï 1", "a:b/c"], ["a;b", "a\tb", "a*"]),
        ["[a-zA-Z0-9](-*[a-zA-Z0-9])*"] = (["a", "my--notebook-1"], ["", "a-", "-a", "a_b", "nötebook"]),
        ["arn:aws[a-z-]*:sagemaker:[a-z0-9-]*:[0-9]{12}:.+"] = (
            ["arn:aws:sagemaker:us-east-1:111122223333:notebook-instance/a", "arn:aws-cn:sagemaker:cn-north-1:111122223333:x"],
            ["arn:aws:sagemaker:us-east-1:11112222333:x", "arn:aws:sagemaker:us-east-1:111122223333:", "arn:aws:rds:us-east-1:111122223333:db:a"]),
        ["^([a-zA-Z0-9:/_-]+)$"] = (["alias/aws/ssm"], ["a b", "ä"]),
        [@"[\.\-_/#A-Za-z0-9]+"] = (["/aws/lambda/BudgetSync-Meter", "a.b_c#d"], ["", "a b", "a:b", "ä", "a\n"]),
        ["[^:*]*"] = (["", "aws/bedrock/modelinvocations", "ä b", "a\nb"], ["a:b", "a*"]),
        [@"[\w]+"] = (["ACCA0000000000000000001"], ["", "a-b", "ä", "a b"]),
        [@"arn:aws(-[^:]+)?:iam::([0-9]{12})?:role/.+"] =
            (["arn:aws:iam::111122223333:role/Logs", "arn:aws-cn:iam:::role/a/b"],
            ["arn:aws:iam::111122223333:role/", "arn:aws:iam::11112222333:role/Logs", "arn:aws:iam::111122223333:user/Logs"]),
        [@"(arn:aws(|-us-gov|-cn|-iso|-iso-b):bedrock:(|[0-9a-z-]{0,20}):(|[0-9]{12}):(inference-profile|application-inference-profile)/)?[a-zA-Z0-9-:.]+"] =
            (["us.amazon.nova-pro-v1:0", "arn:aws:bedrock:us-east-1:111122223333:application-inference-profile/ab12"],
            ["", "a b", "arn:aws:bedrock:us-east-1:111122223333:provisioned-model/ab12", "arn:aws:bedrock:us-east-1:1111:inference-profile/a"]),
        ["[a-zA-Z0-9_.-]+"] = (["BudgetSync-Budgets", "a.b_c"], ["", "a b", "Täble", "a\n"]),
        ["tag:.+|Name|Type|KeyId|Path|Label|Tier|DataType"] = (["Name", "tag:a"], ["tag:", "name", "Names"]),
        [@"[\u0009\u000A\u000D\u0020-\u007E\u0085\u00A0-\uD7FF\uE000-\uFFFD\u10000-\u10FFFF]+"] = (
            ["arn:aws:iam::111122223333:role/a", "é\t"],
            ["a\u0001b", "a\u007Fb", "\uFFFE"]),
        [@"[\u0020-\uD7FF\uE000-\uFFFD\uD800\uDC00-\uDBFF\uDFFF\r\n\t]*"] = (["", "group\tä", "\U0001F600"], ["a\u0001b", "\uFFFE"]),
    };
}
