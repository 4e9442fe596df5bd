namespace Amazon.Lambda.Core;

/// <summary>The Cognito identity that invoked the function, where one did.</summary>
public interface ICognitoIdentity
{
    string IdentityId { get; }

    string IdentityPoolId { get; }
}
