namespace BudgetSync.Core.Alerts;

/// <summary>What providers refuse, with where they say so. What is ours is below theirs and says so.</summary>
internal static class ProviderLimits
{
    /// <summary>Slack developer docs, reference/block-kit/blocks/header-block: text, a plain_text object, at most 150 characters.</summary>
    public const int SlackHeader = 150;

    /// <summary>Slack developer docs, reference/block-kit/blocks/section-block: text at most 3,000 characters.</summary>
    public const int SlackSection = 3_000;

    /// <summary>Slack developer docs, reference/block-kit/blocks/section-block: at most 10 fields, of at most 2,000 characters each.</summary>
    public const int SlackFields = 10;

    /// <summary>
    /// Ours, below the 2,000 of <see cref="SlackFields"/>: Slack refuses a message whose blocks have more than about 13,200 characters together with
    /// msg_blocks_too_long, each block within its own bound (slackapi/bolt-js issue 2509). No published bound was found for that sum.
    /// </summary>
    public const int SlackField = 300;

    /// <summary>Slack API, "Blocks": up to 50 in a message.</summary>
    public const int SlackBlocks = 50;

    /// <summary>Slack developer docs, chat.postMessage, "Truncating content": at best 4,000 characters; what is beyond 40,000 is cut.</summary>
    public const int SlackText = 4_000;

    /// <summary>Microsoft Teams, "Create an Incoming Webhook": 28 KB. Ours leaves room for what Power Automate puts around it.</summary>
    public const int TeamsBytes = 27 * 1024;

    /// <summary>Ours: so many letters of one text in a card, and fewer where all of them together are more than <see cref="TeamsBytes"/>.</summary>
    public const int TeamsText = 2_000;

    /// <inheritdoc cref="TeamsText"/>
    public const int TeamsFact = 300;

    /// <summary>Ours: more lines than that are no message any more.</summary>
    public const int Facts = 20;

    /// <summary>PagerDuty developer docs, "Send an Alert Event", payload.summary: at most 1,024 characters.</summary>
    public const int PagerDutySummary = 1_024;

    /// <summary>PagerDuty developer docs, "Send an Alert Event", dedup_key: at most 255 characters.</summary>
    public const int PagerDutyKey = 255;

    /// <summary>Ours, for each text in the details of an event: no published bound was found for one.</summary>
    public const int PagerDutyDetail = 2_000;

    /// <summary>The JSON schema of an incident in api-evangelist/servicenow: 160 characters. ServiceNow's own pages publish none that was found.</summary>
    public const int ServiceNowTitle = 160;

    /// <summary>Ours, for description and close_notes: no published bound was found.</summary>
    public const int ServiceNowText = 2_000;

    /// <summary>
    /// Ours, for correlation_id: no published bound was found, and a key that is cut in silence finds no incident to resolve. Longer keys end in their hash.
    /// </summary>
    public const int ServiceNowKey = 40;

    /// <summary>
    /// No published bound was found, only refusals: "Summary must be less than 255 characters" (ryanhoskin/pd2jira issue 13) and "can't exceed 255"
    /// (prometheus-community/jiralert issue 123). Ours is the stricter.
    /// </summary>
    public const int JiraSummary = 254;

    /// <summary>
    /// Jira Cloud: a description has at most 32,767 characters (pycontribs/jira issue 1686). Ours is of the whole issue as it is sent: whether the text is
    /// meant or its document is not said.
    /// </summary>
    public const int JiraDocument = 32_767;

    /// <summary>Ours, for each text of a description, and less where all of them together are more than <see cref="JiraDocument"/>.</summary>
    public const int JiraText = 1_000;

    /// <summary>SNS API reference, Publish: a message has at most 262,144 bytes. Ours, for each text of a mail.</summary>
    public const int EmailText = 8_000;

    /// <summary>Ours, for the title, the name and the value of a fact, the note and the key in a mail, a line each.</summary>
    public const int EmailLine = 500;

    /// <summary>SNS API reference, Publish, Subject: "less than 100 characters".</summary>
    public const int EmailSubject = 99;

    /// <summary>SNS API reference, Publish, Message: an SMS has 160 characters of GSM 03.38; more are sent as several.</summary>
    public const int SmsPart = 160;

    /// <summary>Amazon Q Developer in chat applications, "Custom notifications": bounds of ours, as its page tells none for these.</summary>
    public const int ChatTitle = 250;

    /// <inheritdoc cref="ChatTitle"/>
    public const int ChatText = 4_000;

    /// <summary>Ours: a row's note is a hint beside the message, not the message.</summary>
    public const int Note = 500;
}
