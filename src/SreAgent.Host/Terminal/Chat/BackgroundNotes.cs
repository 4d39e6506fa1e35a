using System.Threading.Channels;

namespace SreAgent.Host.Terminal.Chat;

/// <summary>What happens besides the conversation, kept until the screen is free: one thing writes to it at a time.</summary>
internal sealed class BackgroundNotes : IProgress<string>
{
    private readonly Channel<string> _notes = Channel.CreateUnbounded<string>();

    public void Report(string value) => _notes.Writer.TryWrite(value);

    /// <summary>Returns once there is one.</summary>
    public async Task AnyAsync(CancellationToken cancellationToken) => await _notes.Reader.WaitToReadAsync(cancellationToken);

    public IEnumerable<string> Take()
    {
        while (_notes.Reader.TryRead(out var note))
        {
            yield return note;
        }
    }
}
