using System.Globalization;
using System.Net;

namespace BudgetSync.LocalAws.EventBridge.ApiDestinations;

/// <summary>What EventBridge makes of an endpoint's answer (EventBridge user guide, "API destination error codes").</summary>
internal static class EndpointAnswer
{
    /// <summary>Null where the endpoint took the request: any 2xx, whatever its body says.</summary>
    public static EndpointFailure? Of(HttpResponseMessage answer, DateTimeOffset now)
    {
        var code = (int)answer.StatusCode;
        if (code is >= 200 and < 300) return null;
        var again = answer.StatusCode is HttpStatusCode.Unauthorized or HttpStatusCode.ProxyAuthenticationRequired or HttpStatusCode.Conflict
            or HttpStatusCode.TooManyRequests || code >= 500;
        var after = RetryAfter(answer, now);
        // "If Retry-After value is negative, EventBridge stops retrying delivery for that event."
        return new EndpointFailure(
            string.Create(CultureInfo.InvariantCulture, $"the endpoint answered with the HTTP status {code}."),
            isFinal: !again || after < TimeSpan.Zero,
            after);
    }

    /// <summary>True: the endpoint refuses what the connection authorizes itself with.</summary>
    public static bool RefusesAuthorization(HttpResponseMessage answer) =>
        answer.StatusCode is HttpStatusCode.Unauthorized or HttpStatusCode.ProxyAuthenticationRequired;

    private static TimeSpan RetryAfter(HttpResponseMessage answer, DateTimeOffset now)
    {
        if (!answer.Headers.NonValidated.TryGetValues("Retry-After", out var values)) return TimeSpan.Zero;
        var text = values.ToString();
        if (long.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var seconds))
            return TimeSpan.FromSeconds(Math.Clamp(seconds, -1, (long)AwsLimits.EventBridge.EventAge.TotalSeconds + 1));
        // A date that is past asks for nothing.
        return answer.Headers.RetryAfter?.Date is { } date && date > now ? date - now : TimeSpan.Zero;
    }
}
