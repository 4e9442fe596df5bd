using Amazon.Lambda.Core;

namespace Amazon.Lambda.RuntimeSupport;

/// <summary>Makes a handler of typed input and output one of streams.</summary>
public class HandlerWrapper : IDisposable
{
    private HandlerWrapper(LambdaBootstrapHandler handler, ILambdaSerializer serializer)
    {
        Handler = handler;
        Serializer = serializer;
    }

    public LambdaBootstrapHandler Handler { get; private set; }

    internal ILambdaSerializer Serializer { get; }

    public static HandlerWrapper GetHandlerWrapper(Func<Stream, Task<Stream>> handler) =>
        new(async invocation => new InvocationResponse(await handler(invocation.InputStream)), null);

    public static HandlerWrapper GetHandlerWrapper(Func<Stream, ILambdaContext, Task> handler) =>
        new(async invocation =>
        {
            await handler(invocation.InputStream, invocation.LambdaContext);
            return Nothing();
        }, null);

    public static HandlerWrapper GetHandlerWrapper(Func<Stream, ILambdaContext, Task<Stream>> handler) => GetHandlerWrapper(handler, null);

    public static HandlerWrapper GetHandlerWrapper(Func<Stream, ILambdaContext, Task<Stream>> handler, ILambdaSerializer serializer) =>
        new(async invocation => new InvocationResponse(await handler(invocation.InputStream, invocation.LambdaContext)), serializer);

    public static HandlerWrapper GetHandlerWrapper<TInput>(Func<TInput, Task> handler, ILambdaSerializer serializer) =>
        new(async invocation =>
        {
            await handler(serializer.Deserialize<TInput>(invocation.InputStream));
            return Nothing();
        }, serializer);

    public static HandlerWrapper GetHandlerWrapper<TInput>(Func<TInput, ILambdaContext, Task> handler, ILambdaSerializer serializer) =>
        new(async invocation =>
        {
            await handler(serializer.Deserialize<TInput>(invocation.InputStream), invocation.LambdaContext);
            return Nothing();
        }, serializer);

    public static HandlerWrapper GetHandlerWrapper<TInput, TOutput>(Func<TInput, Task<TOutput>> handler, ILambdaSerializer serializer) =>
        new(async invocation => Response(await handler(serializer.Deserialize<TInput>(invocation.InputStream)), serializer), serializer);

    public static HandlerWrapper GetHandlerWrapper<TInput, TOutput>(
        Func<TInput, ILambdaContext, Task<TOutput>> handler, ILambdaSerializer serializer) =>
        new(
            async invocation => Response(
                await handler(serializer.Deserialize<TInput>(invocation.InputStream), invocation.LambdaContext), serializer),
            serializer);

    public static HandlerWrapper GetHandlerWrapper<TInput, TOutput>(
        Func<TInput, ILambdaContext, TOutput> handler, ILambdaSerializer serializer) =>
        new(
            invocation => Task.FromResult(Response(
                handler(serializer.Deserialize<TInput>(invocation.InputStream), invocation.LambdaContext), serializer)),
            serializer);

    public void Dispose() => GC.SuppressFinalize(this);

    private static InvocationResponse Nothing() => new(new MemoryStream(0));

    private static InvocationResponse Response<TOutput>(TOutput output, ILambdaSerializer serializer)
    {
        var stream = new MemoryStream();
        serializer.Serialize(output, stream);
        stream.Position = 0;
        return new InvocationResponse(stream);
    }
}
