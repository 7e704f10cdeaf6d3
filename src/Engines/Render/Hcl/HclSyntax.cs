namespace Farspan.Render;

/// <summary>
/// Says whether a text is HCL (HCL native syntax specification): bodies, blocks and expressions, the latter as far as
/// rendered files use them. It stands in where no Terraform is at hand; it knows no schema.
/// </summary>
public sealed class HclSyntax
{
    private const int DepthMax = 256;
    private static readonly string[] Operators =
        ["==", "!=", "<=", ">=", "&&", "||", "+", "-", "*", "/", "%", "<", ">"];

    private readonly HclCursor _at;
    private int _depth;

    private HclSyntax(string text) => _at = new HclCursor(text);

    /// <summary>The first fault; null if the text is HCL.</summary>
    public static HclSyntaxError? Check(string text)
    {
        var syntax = new HclSyntax(text);
        return syntax.Body('\0') ? null : syntax._at.Error;
    }

    private bool Body(char end)
    {
        var names = new HashSet<string>(StringComparer.Ordinal);
        while (true)
        {
            _at.SkipSpace(acrossLines: true);
            if (end == '\0' ? _at.IsAtEnd : _at.Current == end)
            {
                return true;
            }

            var name = _at.TakeIdentifier();
            if (name.Length == 0)
            {
                return _at.Fail("the name of an attribute or a block was expected");
            }

            _at.SkipSpace(acrossLines: false);
            var isAttribute = _at.Current == '=' && !_at.StartsWith("==");
            if (isAttribute && !names.Add(name))
            {
                return _at.Fail($"{name} is set twice");
            }

            if (!(isAttribute ? Attribute() : Block()) || !EndOfLine())
            {
                return false;
            }
        }
    }

    private bool Attribute()
    {
        _at.Advance();
        return Expression(acrossLines: false);
    }

    private bool Block()
    {
        while (_at.Current != '{')
        {
            if (!(_at.Current == '"' ? Quoted() : _at.TakeIdentifier().Length > 0))
            {
                return _at.Fail("'=' or '{' was expected");
            }

            _at.SkipSpace(acrossLines: false);
        }

        _at.Advance();
        return Nested(() => Body('}')) && _at.Take("}");
    }

    private bool EndOfLine()
    {
        _at.SkipSpace(acrossLines: false);
        return _at.IsAtEnd || _at.Current is '\n' or '}' || _at.Fail("the end of the line was expected");
    }

    private bool Expression(bool acrossLines) => Nested(() => Operation(acrossLines));

    private bool Operation(bool acrossLines)
    {
        _at.SkipSpace(acrossLines);
        if (!Nested(() => Operand(acrossLines)))
        {
            return false;
        }

        _at.SkipSpace(acrossLines);
        if (Operators.FirstOrDefault(_at.StartsWith) is { } found && !_at.StartsWith("=>"))
        {
            _at.Advance(found.Length);
            return Expression(acrossLines);
        }

        return !_at.TryTake("?")
            || (Expression(acrossLines) && Skip(acrossLines) && _at.Take(":") && Expression(acrossLines));
    }

    private bool Operand(bool acrossLines)
    {
        if (_at.StartsWith("<<"))
        {
            return Heredoc();
        }

        var isPrefixed = _at.TryTake("!") || _at.TryTake("-");
        return isPrefixed ? Nested(() => Operand(acrossLines)) : Primary() && Traversal();
    }

    private bool Primary() => _at.Current switch
    {
        '"' => Quoted(),
        '[' => List(']', "["),
        '(' => List(')', "("),
        '{' => Map(),
        _ when char.IsAsciiDigit(_at.Current) => Number(),
        _ => _at.TakeIdentifier().Length > 0 || _at.Fail("a value was expected"),
    };

    private bool Traversal()
    {
        while (true)
        {
            if (_at.StartsWith("...") || !(_at.Current is '.' or '[' or '('))
            {
                return true;
            }

            var isFine = _at.Current switch
            {
                '.' => Attribute('.'),
                '[' => List(']', "["),
                _ => List(')', "("),
            };
            if (!isFine)
            {
                return false;
            }
        }
    }

    private bool Attribute(char dot)
    {
        _at.Take(dot.ToString());
        return _at.TryTake("*") || _at.TakeIdentifier().Length > 0 || Number();
    }

    private bool Number()
    {
        var start = _at.Position;
        while (char.IsAsciiDigit(_at.Current) || _at.Current is '.' or 'e' or 'E')
        {
            _at.Advance();
        }

        return _at.Position > start || _at.Fail("a number was expected");
    }

    private bool List(char end, string open)
    {
        _at.Take(open);
        _at.SkipSpace(acrossLines: true);
        if (!ForClause())
        {
            return false;
        }

        while (_at.Current != end)
        {
            if (!_at.TryTake("*") && !Expression(acrossLines: true))
            {
                return false;
            }

            _at.SkipSpace(acrossLines: true);
            _at.TryTake("...");
            if (!Separator(end))
            {
                return false;
            }
        }

        _at.Advance();
        return true;
    }

    private bool Map()
    {
        _at.Take("{");
        _at.SkipSpace(acrossLines: true);
        if (!ForClause())
        {
            return false;
        }

        while (_at.Current != '}')
        {
            if (!Key() || !Expression(acrossLines: false) || !Skip(acrossLines: true))
            {
                return false;
            }

            _at.TryTake("...");
            _at.TryTake(",");
            _at.SkipSpace(acrossLines: true);
            if (_at.IsAtEnd)
            {
                return _at.Fail("'}' was expected");
            }
        }

        _at.Advance();
        return true;
    }

    private bool Key()
    {
        var isFine = _at.Current == '"' ? Quoted() : Nested(() => Operand(acrossLines: false));
        _at.SkipSpace(acrossLines: false);
        return isFine && (_at.TryTake("=>") || _at.TryTake("=") || _at.TryTake(":")
            || _at.Fail("'=' was expected"));
    }

    /// <summary><c>for a, b in list :</c></summary>
    private bool ForClause()
    {
        if (!_at.TryTake("for "))
        {
            return true;
        }

        _at.TakeIdentifier();
        _at.SkipSpace(acrossLines: true);
        if (_at.TryTake(","))
        {
            _at.SkipSpace(acrossLines: true);
            _at.TakeIdentifier();
            _at.SkipSpace(acrossLines: true);
        }

        return _at.Take("in ") && Expression(acrossLines: true) && Skip(acrossLines: true) && _at.Take(":")
            && Skip(acrossLines: true);
    }

    private bool Separator(char end)
    {
        _at.SkipSpace(acrossLines: true);
        if (_at.Current == end)
        {
            return true;
        }

        var isFine = _at.Take(",");
        _at.SkipSpace(acrossLines: true);
        return isFine;
    }

    private bool Quoted()
    {
        _at.Take("\"");
        while (_at.Current != '"')
        {
            if (_at.IsAtEnd || _at.Current == '\n')
            {
                return _at.Fail("a quoted text does not end");
            }

            if (_at.TryTake("$${") || _at.TryTake("%%{"))
            {
                continue;
            }

            if (_at.TryTake("${"))
            {
                if (!Expression(acrossLines: true) || !Skip(acrossLines: true) || !_at.Take("}"))
                {
                    return false;
                }
            }
            else
            {
                _at.Advance(_at.Current == '\\' ? 2 : 1);
            }
        }

        _at.Advance();
        return true;
    }

    private bool Heredoc()
    {
        _at.Take("<<");
        _at.TryTake("-");
        var marker = _at.TakeIdentifier();
        _at.SkipLine();
        while (!_at.IsAtEnd)
        {
            _at.Advance();
            if (_at.SkipLine().Trim() == marker)
            {
                return marker.Length > 0 || _at.Fail("the mark of a heredoc was expected");
            }
        }

        return _at.Fail($"{marker} was expected");
    }

    private bool Skip(bool acrossLines)
    {
        _at.SkipSpace(acrossLines);
        return true;
    }

    private bool Nested(Func<bool> read)
    {
        if (_depth >= DepthMax)
        {
            return _at.Fail("the file is nested too deeply");
        }

        _depth++;
        var isFine = read();
        _depth--;
        return isFine;
    }
}
