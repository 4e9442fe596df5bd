namespace Amazon.Lambda.Core;

/// <summary>About the mobile client that invoked the function, where one did.</summary>
public interface IClientContext
{
    IDictionary<string, string> Environment { get; }

    IClientApplication Client { get; }

    IDictionary<string, string> Custom { get; }
}
