namespace BudgetSync.Core.Alerts;

/// <summary>What providers refuse, with where they say so. What is ours is below theirs and says so.</summary>
internal static class ProviderLimits
{
    /// <summary>Slack API, "Header block": text, a plain_text object, at most 150 characters.</summary>
    public const int SlackHeader = 150;

    /// <summary>Slack API, "Section block": text at most 3,000 characters.</summary>
    public const int SlackSection = 3_000;

    /// <summary>Slack API, "Section block": at most 10 fields, of at most 2,000 characters each.</summary>
    public const int SlackFields = 10;

    /// <inheritdoc cref="SlackFields"/>
    public const int SlackField = 2_000;

    /// <summary>Slack API, "Blocks": up to 50 in a message.</summary>
    public const int SlackBlocks = 50;

    /// <summary>Slack API, chat.postMessage, "Truncating content": a text should have at most 4,000 characters.</summary>
    public const int SlackText = 4_000;

    /// <summary>Microsoft Teams, "Limits and specifications", messages of webhooks: 28 KB. Ours leaves room for what Power Automate puts around it.</summary>
    public const int TeamsBytes = 28 * 1024;

    /// <summary>Ours: so many letters of one text in a card, that all of them together stay below <see cref="TeamsBytes"/>.</summary>
    public const int TeamsText = 2_000;

    /// <inheritdoc cref="TeamsText"/>
    public const int TeamsFact = 300;

    /// <summary>Ours: more lines than that are no message any more.</summary>
    public const int Facts = 20;

    /// <summary>PagerDuty, "Send an Event", payload.summary: at most 1,024 characters.</summary>
    public const int PagerDutySummary = 1_024;

    /// <summary>PagerDuty, "Send an Event", dedup_key: at most 255 characters.</summary>
    public const int PagerDutyKey = 255;

    /// <summary>PagerDuty, "Events API v2": an event has at most 512 KB. Ours, for each text in its details.</summary>
    public const int PagerDutyDetail = 2_000;

    /// <summary>ServiceNow, dictionary of the table task: short_description has 160 characters.</summary>
    public const int ServiceNowTitle = 160;

    /// <summary>ServiceNow, dictionary of the table task: description has 4,000 characters.</summary>
    public const int ServiceNowText = 4_000;

    /// <summary>ServiceNow, dictionary of the table task: correlation_id and correlation_display have 100 characters.</summary>
    public const int ServiceNowKey = 100;

    /// <summary>Jira Cloud's refusal: "Summary must be less than 255 characters."</summary>
    public const int JiraSummary = 254;

    /// <summary>Jira Cloud: a text field has at most 32,767 characters, the JSON of a document counted. Ours, for each text of the description.</summary>
    public const int JiraText = 1_000;

    /// <summary>SNS API reference, Publish: a message has at most 262,144 bytes. Ours, for each text of a mail.</summary>
    public const int EmailText = 8_000;

    /// <summary>SNS developer guide, "Publishing to a mobile phone": one part has 160 characters of GSM 03.38.</summary>
    public const int SmsPart = 160;

    /// <summary>Amazon Q Developer in chat applications, "Custom notifications": bounds of ours, as its page tells none for these.</summary>
    public const int ChatTitle = 250;

    /// <inheritdoc cref="ChatTitle"/>
    public const int ChatText = 4_000;

    /// <summary>Ours: a row's note is a hint beside the message, not the message.</summary>
    public const int Note = 500;
}
