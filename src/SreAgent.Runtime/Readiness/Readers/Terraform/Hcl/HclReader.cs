using System.Text;

namespace SreAgent.Runtime.Readiness.Readers.Terraform.Hcl;

/// <summary>
/// Reads the structure of HCL (Terraform's language): blocks, labels, attributes and their lines. Expressions are kept as written. What it
/// cannot make out it steps over; nesting and length are bounded.
/// </summary>
internal sealed class HclReader
{
    private const int DeepestNesting = 32;
    private const int LongestValue = 4096;

    private readonly HclCursor _cursor;

    private HclReader(string text) => _cursor = new HclCursor(text);

    /// <returns>The file as a block.</returns>
    public static HclBlock Read(string text)
    {
        var file = new HclBlock("", [], 1);
        new HclReader(text).ReadBody(file, 0);
        return file;
    }

    private void ReadBody(HclBlock block, int depth)
    {
        while (true)
        {
            _cursor.SkipSpace();
            if (_cursor.AtEnd || _cursor.Next == '}')
            {
                block.EndLine = _cursor.Line;
                if (!_cursor.AtEnd && depth > 0)
                {
                    _cursor.Take();
                    return;
                }

                if (_cursor.AtEnd)
                {
                    return;
                }
            }

            var line = _cursor.Line;
            var name = _cursor.Next == '"' ? _cursor.TakeQuoted() : _cursor.TakeName();
            if (name.Length == 0)
            {
                _cursor.Take();
                continue;
            }

            ReadMember(block, name, line, depth);
        }
    }

    private void ReadMember(HclBlock block, string name, int line, int depth)
    {
        var labels = new List<string>();
        _cursor.SkipBlanks();
        while (_cursor.Next == '"' || HclCursor.IsName(_cursor.Next))
        {
            labels.Add(_cursor.Next == '"' ? _cursor.TakeQuoted() : _cursor.TakeName());
            _cursor.SkipBlanks();
        }

        if (_cursor.Next == '{')
        {
            _cursor.Take();
            var inner = new HclBlock(name, labels, line);
            if (depth < DeepestNesting)
            {
                ReadBody(inner, depth + 1);
                block.Blocks.Add(inner);
            }
            else
            {
                _cursor.SkipToClose();
            }
        }
        else if (_cursor.Next is '=' or ':' && _cursor.Peek(1) != '=')
        {
            _cursor.Take();
            ReadAttribute(block, name, line);
        }
        else
        {
            _cursor.SkipLine();
        }
    }

    private void ReadAttribute(HclBlock block, string name, int line)
    {
        _cursor.SkipBlanks();
        var (value, literal) = ReadExpression();
        block.Attributes.Add(new HclAttribute(name, value, line, _cursor.LastLine, literal));
    }

    private (string Value, bool IsLiteral) ReadExpression()
    {
        if (_cursor.Next == '<' && _cursor.Peek(1) == '<')
        {
            return (_cursor.TakeHeredoc(), true);
        }

        var value = new StringBuilder();
        var (texts, other) = (0, false);
        while (!_cursor.AtEnd && _cursor.Next is not ('\n' or '}' or ','))
        {
            if (_cursor.Next == '"')
            {
                var text = _cursor.TakeQuoted();
                other |= text.Contains("${", StringComparison.Ordinal);
                texts++;
                Append(value, text);
            }
            else if (_cursor.Next is '[' or '{' or '(')
            {
                other = true;
                Append(value, _cursor.TakeBalanced());
            }
            else if (_cursor.AtComment)
            {
                _cursor.SkipComment();
            }
            else
            {
                Append(value, _cursor.Take().ToString());
            }
        }

        var whole = value.ToString().Trim();
        var literal = !other && (texts == 1 || (texts == 0 && (whole is "true" or "false" || decimal.TryParse(whole, System.Globalization.CultureInfo.InvariantCulture, out _))));
        return (whole, literal);
    }

    private static void Append(StringBuilder value, string text)
    {
        if (value.Length < LongestValue)
        {
            value.Append(text.AsSpan(0, Math.Min(text.Length, LongestValue - value.Length)));
        }
    }
}
