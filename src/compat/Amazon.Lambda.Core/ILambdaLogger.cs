namespace Amazon.Lambda.Core;

/// <summary>The function's log stream. Messages with arguments are templates: each <c>{name}</c> takes the next argument.</summary>
public interface ILambdaLogger
{
    void Log(string message);

    void LogLine(string message);

    void Log(string level, string message) => LogLine(message);

    void Log(LogLevel level, string message) => Log(level.ToString(), message);

    void Log(string level, string message, params object[] args) => Log(level, message);

    void Log(string level, Exception exception, string message, params object[] args)
    {
        Log(level, message, args);
        Log(level, exception.ToString());
    }

    void Log(LogLevel level, string message, params object[] args) => Log(level.ToString(), message, args);

    void Log(LogLevel level, Exception exception, string message, params object[] args) => Log(level.ToString(), exception, message, args);

    void LogTrace(string message) => Log(nameof(LogLevel.Trace), message);

    void LogTrace(string message, params object[] args) => Log(nameof(LogLevel.Trace), message, args);

    void LogTrace(Exception exception, string message, params object[] args) => Log(nameof(LogLevel.Trace), exception, message, args);

    void LogDebug(string message) => Log(nameof(LogLevel.Debug), message);

    void LogDebug(string message, params object[] args) => Log(nameof(LogLevel.Debug), message, args);

    void LogDebug(Exception exception, string message, params object[] args) => Log(nameof(LogLevel.Debug), exception, message, args);

    void LogInformation(string message) => Log(nameof(LogLevel.Information), message);

    void LogInformation(string message, params object[] args) => Log(nameof(LogLevel.Information), message, args);

    void LogInformation(Exception exception, string message, params object[] args) => Log(nameof(LogLevel.Information), exception, message, args);

    void LogWarning(string message) => Log(nameof(LogLevel.Warning), message);

    void LogWarning(string message, params object[] args) => Log(nameof(LogLevel.Warning), message, args);

    void LogWarning(Exception exception, string message, params object[] args) => Log(nameof(LogLevel.Warning), exception, message, args);

    void LogError(string message) => Log(nameof(LogLevel.Error), message);

    void LogError(string message, params object[] args) => Log(nameof(LogLevel.Error), message, args);

    void LogError(Exception exception, string message, params object[] args) => Log(nameof(LogLevel.Error), exception, message, args);

    void LogCritical(string message) => Log(nameof(LogLevel.Critical), message);

    void LogCritical(string message, params object[] args) => Log(nameof(LogLevel.Critical), message, args);

    void LogCritical(Exception exception, string message, params object[] args) => Log(nameof(LogLevel.Critical), exception, message, args);
}
