namespace Amazon.Lambda.Core;

/// <summary>The log where no context is at hand: a line on standard output.</summary>
public static class LambdaLogger
{
    public static void Log(string message) => Console.WriteLine(message);
}
