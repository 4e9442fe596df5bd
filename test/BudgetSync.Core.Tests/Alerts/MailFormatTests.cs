using System.Text.RegularExpressions;
using BudgetSync.Core.Alerts;
using BudgetSync.Core.Alerts.Formats;
using static BudgetSync.Core.Tests.Alerts.SampleAlerts;

namespace BudgetSync.Core.Tests.Alerts;

/// <summary>Subject and text of a mail, against what SNS takes and what a person could smuggle in.</summary>
public sealed class MailFormatTests
{
    private static readonly Channel Mail = Channel(ChannelKind.Email);

    [Theory]
    [InlineData("payments-dev", "Critical: team-a of payments-dev (111122223333)")]
    [InlineData("Größe Ñandú", "Critical: team-a of Gr??e ?and? (111122223333)")]
    [InlineData("a\r\nBcc: all@example.com\r\n\r\nhello", "Critical: team-a of a Bcc: all@example.com  hello (111122223333)")]
    [InlineData("a\u0000\u001b[31m\u2028b", "Critical: team-a of a\\u0000\\u001b[31m\\u2028b (111122223333)")]
    [InlineData("漢字😀", "Critical: team-a of ??? (111122223333)")]
    public void A_subject_is_one_line_of_ASCII_whatever_an_account_is_called(string name, string subject) =>
        Assert.Equal(subject, AlertFormat.Subject(Critical with { AccountName = name }, Mail));

    /// <summary>SNS API reference, Publish, Subject: less than 100 characters; what its older text has beside that: ASCII that begins with no blank.</summary>
    [Fact]
    public void A_subject_is_what_SNS_takes()
    {
        Alert[] alerts =
        [
            Critical, Resolved, Huge, Critical with { Level = "", Budget = "", Account = "" }, Critical with { Level = " \t\u00e9", AccountName = "\ud800" },
            Critical with { Level = "\n\n", Budget = "", Account = "" },
        ];
        Assert.All(alerts, alert => Assert.Matches(@"\A[!-~][ -~]{0,98}\z", AlertFormat.Subject(alert, Mail)!));
    }

    [Fact]
    public void No_kind_but_mail_has_a_subject() => Assert.All(
        Enum.GetValues<ChannelKind>().Where(kind => kind != ChannelKind.Email), kind => Assert.Null(AlertFormat.Subject(Critical, Channel(kind))));

    [Fact]
    public void A_note_and_the_value_of_a_fact_stay_in_their_lines()
    {
        var body = AlertFormat.Body(
            Critical with { Note = "x\n\nSpent: 0 USD\r\nLimit: none", Facts = [new("Cause", "a\nSpent: 0 USD")], AccountName = "n\nSpent: 0 USD" }, Mail);

        Assert.Equal(
            [
                "Critical: team-a of n Spent: 0 USD (111122223333)", "", "team-a has spent 1,210.40 USD of 1,000 USD: actual 121.0 % is at or above 120.", "",
                "Cause: a Spent: 0 USD", "", "Note: x  Spent: 0 USD Limit: none", "", "111122223333/team-a/2026-11/SpendState",
            ],
            body.Split('\n'));
    }

    [Fact]
    public void A_mail_has_no_quotation_marks_around_it_and_is_bounded()
    {
        Assert.DoesNotMatch(new Regex("^\"|\"$"), AlertFormat.Body(Critical, Mail));
        Assert.Contains("a \"b\" \\ c", AlertFormat.Body(Critical with { Text = "a \"b\" \\ c" }, Mail), StringComparison.Ordinal);
        Assert.InRange(System.Text.Encoding.UTF8.GetByteCount(AlertFormat.Body(Huge, Mail)), 1, 262_144);
    }
}
