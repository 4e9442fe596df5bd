using System.Text;
using BudgetSync.LocalAws.Lambda;

namespace BudgetSync.Cli.Stack;

/// <summary>A function's standard output when it runs in this process: its lines go to the function's log.</summary>
internal sealed class FunctionLogStream(FunctionEnvironment environment) : Stream
{
    private readonly MemoryStream line = new();

    public override bool CanRead => false;

    public override bool CanSeek => false;

    public override bool CanWrite => true;

    public override long Length => throw new NotSupportedException("A log has no length.");

    public override long Position
    {
        get => throw new NotSupportedException("A log has no position.");
        set => throw new NotSupportedException("A log has no position.");
    }

    public override void Write(byte[] buffer, int offset, int count) => Write(buffer.AsSpan(offset, count));

    public override void Write(ReadOnlySpan<byte> buffer)
    {
        lock (line)
        {
            while (buffer.IndexOf((byte)'\n') is var end and >= 0)
            {
                line.Write(buffer[..end]);
                environment.Log(Encoding.UTF8.GetString(line.GetBuffer(), 0, (int)line.Length));
                line.SetLength(0);
                buffer = buffer[(end + 1)..];
            }

            line.Write(buffer);
        }
    }

    public override void Flush()
    {
    }

    public override int Read(byte[] buffer, int offset, int count) => throw new NotSupportedException("A log is written only.");

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException("A log is written only.");

    public override void SetLength(long value) => throw new NotSupportedException("A log is written only.");
}
