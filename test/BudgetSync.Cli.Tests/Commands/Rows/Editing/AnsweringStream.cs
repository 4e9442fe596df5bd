using System.Text;

namespace BudgetSync.Cli.Tests.Commands.Rows.Editing;

/// <summary>Standard input of a person who does something else before they say yes.</summary>
internal sealed class AnsweringStream(Func<Task> before) : Stream
{
    private bool answered;

    public override bool CanRead => true;

    public override bool CanSeek => false;

    public override bool CanWrite => false;

    public override long Length => throw new NotSupportedException();

    public override long Position { get => throw new NotSupportedException(); set => throw new NotSupportedException(); }

    public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
    {
        if (answered) return 0;
        answered = true;
        await before();
        return Encoding.UTF8.GetBytes("yes\n", buffer.Span);
    }

    public override int Read(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    public override void Flush()
    {
    }

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();

    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();
}
