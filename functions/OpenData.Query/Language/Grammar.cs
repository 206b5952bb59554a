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

    // Case matters: "m" is a metre or a minute, "M" a month.
    private static readonly HashSet<string> Units =
    [
        "mm", "cm", "m", "km", "mi", "yd", "ft",
        "ms", "millisecond", "milliseconds", "s", "second", "seconds", "minute", "minutes", "h", "hour", "hours",
        "d", "day", "days", "w", "week", "weeks", "M", "month", "months", "q", "quarter", "quarters", "y", "year", "years",
    ];

    private readonly string _clause;
    private readonly string _text;
    private readonly List<Token> _tokens;
    private int _at;
    private int _depth;

    private Grammar(string clause, string text)
    {
        _clause = clause;
        _text = text;
        _tokens = Lexer.Read(clause, text);
    }

    private Token Current => _tokens[_at];

    private int PreviousEnd => _at == 0 ? 0 : _tokens[_at - 1].End;

    /// <summary>Reads a <c>where</c> clause; null if it is empty.</summary>
    public static Syntax? Where(string text, string clause = "where")
    {
        var grammar = new Grammar(clause, text);
        if (grammar.Current.Kind == TokenKind.End) return null;
        var condition = grammar.Condition();
        grammar.ExpectEnd("'and', 'or' or the end");
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
        if (Current.Kind == TokenKind.End) return items;
        do
        {
            if (items.Count == most) throw Error($"There are more than {most} expressions.");
            items.Add(item());
        }
        while (TakeSymbol(","));
        ExpectEnd("',' or the end");
        return items;
    }

    private Labelled Labelled()
    {
        var expression = Condition();
        var text = _text[expression.Start..expression.End];
        return new Labelled(expression, TakeKeyword("as") ? Name("a label").Value : null, text);
    }

    private Ordering Ordering()
    {
        var expression = Condition();
        if (TakeKeyword("desc")) return new Ordering(expression, Descending: true);
        if (TakeKeyword("asc")) return new Ordering(expression, Descending: false);
        return expression is Negation negation ? new Ordering(negation.Operand, Descending: true) : new Ordering(expression, Descending: false);
    }

    private Syntax Condition()
    {
        using var _ = Deeper();
        var operands = new List<Syntax> { Both() };
        while (TakeKeyword("or")) operands.Add(Both());
        return operands.Count == 1 ? operands[0] : new Or(operands, operands[0].Start, PreviousEnd);
    }

    private Syntax Both()
    {
        var operands = new List<Syntax> { Negated() };
        while (TakeKeyword("and")) operands.Add(Negated());
        return operands.Count == 1 ? operands[0] : new And(operands, operands[0].Start, PreviousEnd);
    }

    private Syntax Negated()
    {
        var start = Current.Start;
        if (!TakeKeyword("not")) return Comparison();
        using var _ = Deeper();
        return new Not(Negated(), start, PreviousEnd);
    }

    private Syntax Comparison()
    {
        var left = Sum();
        if (TakeKeyword("is"))
        {
            var isNot = TakeKeyword("not");
            Syntax test = TakeKeyword("null") ? new IsNull(left, left.Start, PreviousEnd)
                : TakeKeyword("true") ? new IsBoolean(left, true, left.Start, PreviousEnd)
                : TakeKeyword("false") ? new IsBoolean(left, false, left.Start, PreviousEnd)
                : throw Expected("'null', 'true' or 'false'");
            return isNot ? new Not(test, left.Start, PreviousEnd) : test;
        }

        var not = Current.IsKeyword("not") && (Peek.IsKeyword("in") || Peek.IsKeyword("like")) && TakeKeyword("not");
        Syntax? relation = TakeKeyword("in") ? In(left)
            : TakeKeyword("like") ? new Like(left, Text("a text in quotes"), left.Start, PreviousEnd)
            : null;
        if (relation is not null) return not ? new Not(relation, left.Start, PreviousEnd) : relation;

        if (Current.IsSymbol(":") && (Peek.IsSymbol("[") || Peek.IsSymbol("]")))
        {
            _at++;
            return Range(left);
        }

        if (Current.Kind != TokenKind.Symbol) return left;
        var comparison = Current.Value switch { ":" => "=", "<>" => "!=", "=" or "!=" or "<" or "<=" or ">" or ">=" => Current.Value, _ => null };
        if (comparison is null) return left;
        _at++;
        return new Comparison(comparison, left, Sum(), left.Start, PreviousEnd);
    }

    private Syntax In(Syntax value)
    {
        if (Current.IsSymbol("[") || Current.IsSymbol("]")) return Range(value);
        if (!TakeSymbol("("))
        {
            if (Current.Kind != TokenKind.Name) throw Expected("a list '(…)', a range '[… .. …]' or a multivalued field");
            var field = Name("a field");
            return new InField(value, new FieldName(field.Value, field.Start, field.End), value.Start, PreviousEnd);
        }

        var list = new List<Syntax>();
        do
        {
            if (list.Count == QueryLimits.ListValues) throw Error($"The list has more than {QueryLimits.ListValues} values.");
            list.Add(Sum());
        }
        while (TakeSymbol(","));
        ExpectSymbol(")");
        return new InList(value, list, value.Start, PreviousEnd);
    }

    private InRange Range(Syntax value)
    {
        var lowIncluded = Current.IsSymbol("[");
        _at++;
        var low = Sum();
        if (!TakeSymbol("..") && !TakeKeyword("to")) throw Expected("'..' or 'to'");
        var high = Sum();
        var highIncluded = Current.IsSymbol("]");
        if (!highIncluded && !Current.IsSymbol("[")) throw Expected("']' or '['");
        _at++;
        return new InRange(value, low, lowIncluded, high, highIncluded, value.Start, PreviousEnd);
    }

    private Syntax Sum()
    {
        var left = Product();
        for (var operators = 0; Current.IsSymbol("+") || Current.IsSymbol("-"); operators++)
        {
            left = Operation(left, operators, Product);
        }

        return left;
    }

    private Syntax Product()
    {
        var left = Signed();
        for (var operators = 0; Current.IsSymbol("*") || Current.IsSymbol("/"); operators++)
        {
            left = Operation(left, operators, Signed);
        }

        return left;
    }

    private Arithmetic Operation(Syntax left, int before, Func<Syntax> operand)
    {
        // A chain of operators is a tree as deep as it is long.
        if (before + _depth >= QueryLimits.Depth) throw TooDeep();
        var symbol = Current.Value;
        _at++;
        return new Arithmetic(symbol, left, operand(), left.Start, PreviousEnd);
    }

    private Syntax Signed()
    {
        var start = Current.Start;
        if (!Current.IsSymbol("-") && !Current.IsSymbol("+")) return Operand();
        using var _ = Deeper();
        return TakeSymbol("-") ? new Negation(Signed(), start, PreviousEnd) : SkipPlus();

        Syntax SkipPlus()
        {
            _at++;
            return Signed();
        }
    }

    private Syntax Operand()
    {
        var token = Current;
        switch (token.Kind)
        {
            case TokenKind.Text:
                _at++;
                return new TextLiteral(token.Value, token.Start, token.End);
            case TokenKind.Number:
                return Number();
            case TokenKind.Symbol when token.Value == "*":
                _at++;
                return new Star(token.Start, token.End);
            case TokenKind.Symbol when token.Value == "(":
                _at++;
                var inner = Condition();
                ExpectSymbol(")");
                return inner with { Start = token.Start, End = PreviousEnd };
            case TokenKind.Name when token.Quoted:
                _at++;
                return new FieldName(token.Value, token.Start, token.End);
            case TokenKind.Name:
                return Named();
            default:
                throw Expected("a field, a value or a function");
        }
    }

    private Syntax Number()
    {
        var number = Current;
        _at++;
        if (Current.Kind == TokenKind.Name && !Current.Quoted)
        {
            var name = Current;
            if (Units.Contains(name.Value))
            {
                _at++;
                return new Quantity(number.Value, name.Value, number.Start, name.End);
            }

            // A name may begin with a digit: 2023_total.
            if (name.Start == number.End)
            {
                _at++;
                return new FieldName(_text[number.Start..name.End], number.Start, name.End);
            }
        }

        return new NumberLiteral(number.Value, number.Start, number.End);
    }

    private Syntax Named()
    {
        var name = Current;
        _at++;
        if (Current.IsSymbol("(") && !IsOperatorWord(name)) return Call(name);
        if (name.IsKeyword("true") || name.IsKeyword("false")) return new BooleanLiteral(name.IsKeyword("true"), name.Start, name.End);
        if (name.IsKeyword("null")) return new NullLiteral(name.Start, name.End);
        if (Current.Kind == TokenKind.Text && name.IsKeyword("date")) return new DateLiteral(Text("a date").Value, name.Start, PreviousEnd);
        if (Current.Kind == TokenKind.Text && name.IsKeyword("geom")) return new GeometryLiteral(Text("a geometry").Value, name.Start, PreviousEnd);
        if (Keywords.Contains(name.Value))
        {
            throw new QueryException(_clause, name.Start,
                $"Expected a field, a value or a function, found the keyword '{name.Value}'. A field of that name stands in backticks: `{name.Value}`.");
        }

        return new FieldName(name.Value, name.Start, name.End);
    }

    private static bool IsOperatorWord(Token name) => Keywords.Contains(name.Value);

    private Call Call(Token name)
    {
        using var _ = Deeper();
        ExpectSymbol("(");
        var function = name.Value.ToLowerInvariant();
        var distinct = function == "count" && TakeKeyword("distinct");
        var arguments = new List<Syntax>();
        if (!Current.IsSymbol(")"))
        {
            do
            {
                if (arguments.Count == QueryLimits.RangeBounds) throw Error($"The function has more than {QueryLimits.RangeBounds} arguments.");
                arguments.Add(function is "include" or "exclude" ? Pattern() : Condition());
            }
            while (TakeSymbol(","));
        }

        ExpectSymbol(")");
        return new Call(function, distinct, arguments, name.Start, PreviousEnd);
    }

    // include(pop*): a name that may end in a star.
    private FieldName Pattern()
    {
        var start = Current.Start;
        if (Current.Kind is TokenKind.Name or TokenKind.Number or TokenKind.Text) _at++;
        while (Current.Kind == TokenKind.Name && Current.Start == PreviousEnd) _at++;
        var quoted = _tokens[_at - 1];
        var name = quoted.Kind == TokenKind.Text || quoted.Quoted ? quoted.Value : _text[start..Math.Max(start, PreviousEnd)];
        if (TakeSymbol("*")) name += "*";
        return name.Length > 0 ? new FieldName(name, start, PreviousEnd) : throw Expected("a field name, which may end in '*'");
    }

    private Token Peek => _tokens[Math.Min(_at + 1, _tokens.Count - 1)];

    private Token Name(string what)
    {
        if (Current.Kind is not TokenKind.Name and not TokenKind.Text) throw Expected(what);
        return _tokens[_at++];
    }

    private TextLiteral Text(string what)
    {
        if (Current.Kind != TokenKind.Text) throw Expected(what);
        var token = _tokens[_at++];
        return new TextLiteral(token.Value, token.Start, token.End);
    }

    private bool TakeKeyword(string keyword)
    {
        if (!Current.IsKeyword(keyword)) return false;
        _at++;
        return true;
    }

    private bool TakeSymbol(string symbol)
    {
        if (!Current.IsSymbol(symbol)) return false;
        _at++;
        return true;
    }

    private void ExpectSymbol(string symbol)
    {
        if (!TakeSymbol(symbol)) throw Expected($"'{symbol}'");
    }

    private void ExpectEnd(string what)
    {
        if (Current.Kind != TokenKind.End) throw Expected(what);
    }

    private Level Deeper()
    {
        if (_depth >= QueryLimits.Depth) throw TooDeep();
        _depth++;
        return new Level(this);
    }

    private QueryException TooDeep() => Error($"The expression is nested more than {QueryLimits.Depth} levels deep.");

    private QueryException Expected(string what) => Error($"Expected {what}, found {Current}.");

    private QueryException Error(string problem) => new(_clause, Current.Start, problem);

    private readonly ref struct Level(Grammar grammar)
    {
        public void Dispose() => grammar._depth--;
    }
}
