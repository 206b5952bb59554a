namespace OpenData.Query.Language;

/// <summary>
/// What a clause says, before anything is known of the dataset it asks. Start and End are characters of the clause, End exclusive.
/// </summary>
internal abstract record Syntax(int Start, int End);

/// <summary>A field, or a label given in another clause.</summary>
internal sealed record FieldName(string Name, int Start, int End) : Syntax(Start, End);

internal sealed record TextLiteral(string Value, int Start, int End) : Syntax(Start, End);

/// <summary>A number as it was written: digits, perhaps a point, perhaps an exponent.</summary>
internal sealed record NumberLiteral(string Digits, int Start, int End) : Syntax(Start, End);

internal sealed record BooleanLiteral(bool Value, int Start, int End) : Syntax(Start, End);

internal sealed record NullLiteral(int Start, int End) : Syntax(Start, End);

internal sealed record DateLiteral(string Value, int Start, int End) : Syntax(Start, End);

internal sealed record GeometryLiteral(string Value, int Start, int End) : Syntax(Start, End);

/// <summary>A number with a unit: <c>5km</c>, <c>1 day</c>.</summary>
internal sealed record Quantity(string Digits, string Unit, int Start, int End) : Syntax(Start, End);

/// <summary>The <c>*</c> of <c>select=*</c>, <c>count(*)</c> and <c>range(f, *, 10)</c>.</summary>
internal sealed record Star(int Start, int End) : Syntax(Start, End);

internal sealed record Negation(Syntax Operand, int Start, int End) : Syntax(Start, End);

/// <summary>One of <c>+ - * /</c>.</summary>
internal sealed record Arithmetic(string Operator, Syntax Left, Syntax Right, int Start, int End) : Syntax(Start, End);

/// <summary>One of <c>= != &lt; &lt;= &gt; &gt;=</c>; <c>:</c> and <c>&lt;&gt;</c> are read as <c>=</c> and <c>!=</c>.</summary>
internal sealed record Comparison(string Operator, Syntax Left, Syntax Right, int Start, int End) : Syntax(Start, End);

internal sealed record And(IReadOnlyList<Syntax> Operands, int Start, int End) : Syntax(Start, End);

internal sealed record Or(IReadOnlyList<Syntax> Operands, int Start, int End) : Syntax(Start, End);

internal sealed record Not(Syntax Operand, int Start, int End) : Syntax(Start, End);

/// <summary><c>field in (a, b)</c></summary>
internal sealed record InList(Syntax Value, IReadOnlyList<Syntax> List, int Start, int End) : Syntax(Start, End);

/// <summary><c>field in [low .. high[</c>; a bracket that opens away from its bound leaves the bound out.</summary>
internal sealed record InRange(
    Syntax Value, Syntax Low, bool LowIncluded, Syntax High, bool HighIncluded, int Start, int End) : Syntax(Start, End);

/// <summary><c>"a" in field</c>: a multivalued field has the value.</summary>
internal sealed record InField(Syntax Value, FieldName Field, int Start, int End) : Syntax(Start, End);

internal sealed record Like(Syntax Value, TextLiteral Pattern, int Start, int End) : Syntax(Start, End);

internal sealed record IsNull(Syntax Value, int Start, int End) : Syntax(Start, End);

internal sealed record IsBoolean(Syntax Value, bool Expected, int Start, int End) : Syntax(Start, End);

/// <summary>A function, its name in lower case, perhaps with <c>distinct</c> before its argument.</summary>
internal sealed record Call(string Function, bool Distinct, IReadOnlyList<Syntax> Arguments, int Start, int End) : Syntax(Start, End);

/// <summary>One expression of <c>select</c> or <c>group_by</c> and the label it is given.</summary>
/// <param name="Expression">The expression.</param>
/// <param name="Label">The word after <c>as</c>, or null.</param>
/// <param name="Text">The expression as it was written: its key in the answer where no label is given.</param>
internal sealed record Labelled(Syntax Expression, string? Label, string Text);

/// <summary>One expression of <c>order_by</c>.</summary>
internal sealed record Ordering(Syntax Expression, bool Descending);
