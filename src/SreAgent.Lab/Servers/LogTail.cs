namespace SreAgent.Lab.Servers;

/// <summary>The last lines a server wrote, for the message that says why it did not start.</summary>
internal sealed class LogTail(int lines)
{
    private readonly Queue<string> _lines = new();
    private readonly Lock _access = new();

    public void Add(string? line)
    {
        if (line is null)
        {
            return;
        }

        lock (_access)
        {
            _lines.Enqueue(line);
            if (_lines.Count > lines)
            {
                _lines.Dequeue();
            }
        }
    }

    public override string ToString()
    {
        lock (_access)
        {
            return string.Join('\n', _lines);
        }
    }
}
