namespace BudgetSync.LocalAws.Sns;

/// <summary>Whether an AWS service may publish to a topic, and why not.</summary>
public enum TopicAccess
{
    Granted,

    /// <summary>There is no such topic in its account and region.</summary>
    NoSuchTopic,

    /// <summary>The topic's policy does not let the service publish.</summary>
    NotAllowed,

    /// <summary>The topic is encrypted with a key that the service may not use; the key that AWS manages for SNS (alias/aws/sns) is one.</summary>
    KeyNotGranted,
}
