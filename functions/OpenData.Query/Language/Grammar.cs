namespace OpenData.Query.Language;

/// <summary>
/// ODSQL, rule by rule in the order of this file:
/// <code>
/// select      = labelled { "," labelled }
/// group_by    = labelled { "," labelled }
/// labelled    = condition [ "as" name ]
/// order_by    = ordering { "," ordering }
/// ordering    = condition [ "asc" | "desc" ]                      (a leading "-" is "desc")
///
/// condition   = both { "or" both }
/// both        = negated { "and" negated }
/// negated     = "not" negated | comparison
/// comparison  = sum [ relation ]
/// relation    = ( "=" | ":" | "!=" | "&lt;>" | "&lt;" | "&lt;=" | ">" | ">=" ) sum
///             | ":" range
///             | [ "not" ] "in" ( range | list | field )
///             | [ "not" ] "like" text
///             | "is" [ "not" ] ( "null" | "true" | "false" )
/// range       = ( "[" | "]" ) sum ( ".." | "to" ) sum ( "[" | "]" )
/// list        = "(" sum { "," sum } ")"
/// sum         = product { ( "+" | "-" ) product }
/// product     = signed { ( "*" | "/" ) signed }
/// signed      = ( "-" | "+" ) signed | operand
/// operand     = "(" condition ")" | call | literal | field | "*"
/// call        = name "(" [ [ "distinct" ] argument { "," argument } ] ")"
/// argument    = condition | number unit | name "*"                (the last in include and exclude)
/// literal     = text | number | "true" | "false" | "null" | "date" text | "geom" text
/// field       = name                                          (of a metadatum perhaps with its template: default.title)
/// </code>
/// Keywords are case-insensitive. What an expression means, and whether its types fit, is the planner's to say.
/// </summary>
internal sealed class Grammar
{
    private static readonly HashSet<string> Keywords = new(
        ["and", "or", "not", "in", "is", "like", "as", "asc", "desc", "null", "true", "false", "to"], StringComparer.OrdinalIgnoreCase);

    private readonly TokenReader _tokens;

    private Grammar(string clause, string text) => _tokens = new TokenReader(clause, text);

    /// <summary>Reads a <c>where</c> clause; null if it is empty.</summary>
    public static Syntax? Where(string text, string clause = "where")
    {
        var grammar = new Grammar(clause, text);
        if (grammar._tokens.Current.Kind == TokenKind.End) return null;
        var condition = grammar.Condition();
        grammar._tokens.ExpectEnd("'and', 'or' or the end");
        return condition;
    }

    /// <summary>Reads a <c>select</c> or <c>group_by</c> clause.</summary>
    public static IReadOnlyList<Labelled> Expressions(string text, string clause)
    {
        var grammar = new Grammar(clause, text);
        return grammar.List(grammar.Labelled, clause == "select" ? QueryLimits.SelectExpressions : QueryLimits.GroupExpressions);
    }

    /// <summary>Reads an <c>order_by</c> clause.</summary>
    public static IReadOnlyList<Ordering> OrderBy(string text)
    {
        var grammar = new Grammar("order_by", text);
        return grammar.List(grammar.Ordering, QueryLimits.GroupExpressions);
    }

    private List<T> List<T>(Func<T> item, int most)
    {
        var items = new List<T>();
        if (_tokens.Current.Kind == TokenKind.End) return items;
        do
        {
            if (items.Count == most) throw _tokens.Error($"There are more than {most} expressions.");
            items.Add(item());
        }
        while (_tokens.TakeSymbol(","));
        _tokens.ExpectEnd("',' or the end");
        return items;
    }

    private Labelled Labelled()
    {
        var expression = Condition();
        var text = _tokens.Source(expression.Start, expression.End);
        return new Labelled(expression, _tokens.TakeKeyword("as") ? _tokens.TakeName("a label").Value : null, text);
    }

    private Ordering Ordering()
    {
        var expression = Condition();
        if (_tokens.TakeKeyword("desc")) return new Ordering(expression, Descending: true);
        if (_tokens.TakeKeyword("asc")) return new Ordering(expression, Descending: false);
        return expression is Negation negation
            ? new Ordering(negation.Operand, Descending: true)
            : new Ordering(expression, Descending: false);
    }

    private Syntax Condition()
    {
        using var _ = _tokens.Deeper();
        var operands = new List<Syntax> { Both() };
        while (_tokens.TakeKeyword("or")) operands.Add(Both());
        return operands.Count == 1 ? operands[0] : new Or(operands, operands[0].Start, _tokens.PreviousEnd);
    }

    private Syntax Both()
    {
        var operands = new List<Syntax> { Negated() };
        while (_tokens.TakeKeyword("and")) operands.Add(Negated());
        return operands.Count == 1 ? operands[0] : new And(operands, operands[0].Start, _tokens.PreviousEnd);
    }

    private Syntax Negated()
    {
        var start = _tokens.Current.Start;
        if (!_tokens.TakeKeyword("not")) return Comparison();
        using var _ = _tokens.Deeper();
        return new Not(Negated(), start, _tokens.PreviousEnd);
    }

    private Syntax Comparison()
    {
        var left = Sum();
        if (_tokens.TakeKeyword("is"))
        {
            var isNot = _tokens.TakeKeyword("not");
            Syntax test = _tokens.TakeKeyword("null") ? new IsNull(left, left.Start, _tokens.PreviousEnd)
                : _tokens.TakeKeyword("true") ? new IsBoolean(left, true, left.Start, _tokens.PreviousEnd)
                : _tokens.TakeKeyword("false") ? new IsBoolean(left, false, left.Start, _tokens.PreviousEnd)
                : throw _tokens.Expected("'null', 'true' or 'false'");
            return isNot ? new Not(test, left.Start, _tokens.PreviousEnd) : test;
        }

        var not = _tokens.Current.IsKeyword("not")
            && (_tokens.Peek.IsKeyword("in") || _tokens.Peek.IsKeyword("like")) && _tokens.TakeKeyword("not");
        Syntax? relation = _tokens.TakeKeyword("in") ? In(left)
            : _tokens.TakeKeyword("like") ? new Like(left, _tokens.TakeText("a text in quotes"), left.Start, _tokens.PreviousEnd)
            : null;
        if (relation is not null) return not ? new Not(relation, left.Start, _tokens.PreviousEnd) : relation;

        if (_tokens.Current.IsSymbol(":") && (_tokens.Peek.IsSymbol("[") || _tokens.Peek.IsSymbol("]")))
        {
            _tokens.Skip();
            return Range(left);
        }

        if (_tokens.Current.Kind != TokenKind.Symbol) return left;
        var comparison = _tokens.Current.Value switch
        {
            ":" => "=",
            "<>" => "!=",
            "=" or "!=" or "<" or "<=" or ">" or ">=" => _tokens.Current.Value,
            _ => null,
        };
        if (comparison is null) return left;
        _tokens.Skip();
        return new Comparison(comparison, left, Sum(), left.Start, _tokens.PreviousEnd);
    }

    private Syntax In(Syntax value)
    {
        if (_tokens.Current.IsSymbol("[") || _tokens.Current.IsSymbol("]")) return Range(value);
        if (!_tokens.TakeSymbol("("))
        {
            if (_tokens.Current.Kind != TokenKind.Name) throw _tokens.Expected("a list '(…)', a range '[… .. …]' or a multivalued field");
            var field = _tokens.TakeName("a field");
            return new InField(value, new FieldName(field.Value, field.Start, field.End), value.Start, _tokens.PreviousEnd);
        }

        var list = new List<Syntax>();
        do
        {
            if (list.Count == QueryLimits.ListValues) throw _tokens.Error($"The list has more than {QueryLimits.ListValues} values.");
            list.Add(Sum());
        }
        while (_tokens.TakeSymbol(","));
        _tokens.ExpectSymbol(")");
        return new InList(value, list, value.Start, _tokens.PreviousEnd);
    }

    private InRange Range(Syntax value)
    {
        var lowIncluded = _tokens.Current.IsSymbol("[");
        _tokens.Skip();
        var low = Sum();
        if (!_tokens.TakeSymbol("..") && !_tokens.TakeKeyword("to")) throw _tokens.Expected("'..' or 'to'");
        var high = Sum();
        var highIncluded = _tokens.Current.IsSymbol("]");
        if (!highIncluded && !_tokens.Current.IsSymbol("[")) throw _tokens.Expected("']' or '['");
        _tokens.Skip();
        return new InRange(value, low, lowIncluded, high, highIncluded, value.Start, _tokens.PreviousEnd);
    }

    private Syntax Sum()
    {
        var left = Product();
        for (var operators = 0; _tokens.Current.IsSymbol("+") || _tokens.Current.IsSymbol("-"); operators++)
        {
            left = Operation(left, operators, Product);
        }

        return left;
    }

    private Syntax Product()
    {
        var left = Signed();
        for (var operators = 0; _tokens.Current.IsSymbol("*") || _tokens.Current.IsSymbol("/"); operators++)
        {
            left = Operation(left, operators, Signed);
        }

        return left;
    }

    private Arithmetic Operation(Syntax left, int before, Func<Syntax> operand)
    {
        // A chain of operators is a tree that is as deep as the chain is long.
        _tokens.RequireDepth(before);
        var symbol = _tokens.Current.Value;
        _tokens.Skip();
        return new Arithmetic(symbol, left, operand(), left.Start, _tokens.PreviousEnd);
    }

    private Syntax Signed()
    {
        var start = _tokens.Current.Start;
        if (!_tokens.Current.IsSymbol("-") && !_tokens.Current.IsSymbol("+")) return Operand();
        using var _ = _tokens.Deeper();
        return _tokens.TakeSymbol("-") ? new Negation(Signed(), start, _tokens.PreviousEnd) : SkipPlus();

        Syntax SkipPlus()
        {
            _tokens.Skip();
            return Signed();
        }
    }

    private Syntax Operand()
    {
        var token = _tokens.Current;
        switch (token.Kind)
        {
            case TokenKind.Text:
                _tokens.Skip();
                return new TextLiteral(token.Value, token.Start, token.End);
            case TokenKind.Number:
                return NumberReader.Read(_tokens);
            case TokenKind.Symbol when token.Value == "*":
                _tokens.Skip();
                return new Star(token.Start, token.End);
            case TokenKind.Symbol when token.Value == "(":
                _tokens.Skip();
                var inner = Condition();
                _tokens.ExpectSymbol(")");
                return inner with { Start = token.Start, End = _tokens.PreviousEnd };
            case TokenKind.Name when token.Quoted:
                _tokens.Skip();
                return new FieldName(token.Value, token.Start, token.End);
            case TokenKind.Name:
                return Named();
            default:
                throw _tokens.Expected("a field, a value or a function");
        }
    }

    private Syntax Named()
    {
        var name = _tokens.Current;
        _tokens.Skip();
        if (_tokens.Current.IsSymbol("(") && !Keywords.Contains(name.Value)) return Call(name);
        if (name.IsKeyword("true") || name.IsKeyword("false")) return new BooleanLiteral(name.IsKeyword("true"), name.Start, name.End);
        if (name.IsKeyword("null")) return new NullLiteral(name.Start, name.End);
        if (_tokens.Current.Kind == TokenKind.Text && name.IsKeyword("date"))
        {
            return new DateLiteral(_tokens.TakeText("a date").Value, name.Start, _tokens.PreviousEnd);
        }

        if (_tokens.Current.Kind == TokenKind.Text && name.IsKeyword("geom"))
        {
            return new GeometryLiteral(_tokens.TakeText("a geometry").Value, name.Start, _tokens.PreviousEnd);
        }

        if (Keywords.Contains(name.Value))
        {
            throw _tokens.Error(name.Start,
                $"Expected a field, a value or a function, found the keyword '{name.Value}'. A field of that name stands in "
                + $"backticks: `{name.Value}`.");
        }

        return new FieldName(name.Value, name.Start, name.End);
    }

    private Call Call(Token name)
    {
        using var _ = _tokens.Deeper();
        _tokens.ExpectSymbol("(");
        var function = name.Value.ToLowerInvariant();
        var distinct = function == "count" && _tokens.TakeKeyword("distinct");
        var arguments = new List<Syntax>();
        if (!_tokens.Current.IsSymbol(")"))
        {
            do
            {
                if (arguments.Count == QueryLimits.RangeBounds)
                {
                    throw _tokens.Error($"The function has more than {QueryLimits.RangeBounds} arguments.");
                }

                arguments.Add(function is "include" or "exclude" ? Pattern() : Condition());
            }
            while (_tokens.TakeSymbol(","));
        }

        _tokens.ExpectSymbol(")");
        return new Call(function, distinct, arguments, name.Start, _tokens.PreviousEnd);
    }

    // include(pop*): a name that may end in a star.
    private FieldName Pattern()
    {
        var start = _tokens.Current.Start;
        if (_tokens.Current.Kind is TokenKind.Name or TokenKind.Number or TokenKind.Text) _tokens.Skip();
        while (_tokens.Current.Kind == TokenKind.Name && _tokens.Current.Start == _tokens.PreviousEnd) _tokens.Skip();
        var last = _tokens.Previous;
        var name = last.Kind == TokenKind.Text || last.Quoted ? last.Value : _tokens.Source(start, Math.Max(start, _tokens.PreviousEnd));
        if (_tokens.TakeSymbol("*")) name += "*";
        return name.Length > 0
            ? new FieldName(name, start, _tokens.PreviousEnd)
            : throw _tokens.Expected("a field name, which may end in '*'");
    }
}
