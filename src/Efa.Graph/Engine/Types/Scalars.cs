using System.Globalization;
using System.Text.RegularExpressions;
using Efa.Graph.Engine.Errors;
using GraphQL.Types;
using GraphQLParser.AST;

namespace Efa.Graph.Engine.Types;

/// <summary>A scalar that is a string on the wire.</summary>
/// <param name="expected">What a good value looks like, for the answer to a bad one.</param>
public abstract class TextScalar(string expected) : ScalarGraphType
{
    /// <summary>The value as resolvers get it; null where the text is none.</summary>
    protected abstract object? Read(string text);

    protected virtual string Write(object value) => (string)value;

    public override object? ParseLiteral(GraphQLValue value) => value switch
    {
        GraphQLNullValue => null,
        GraphQLStringValue text => Parse(text.Value.ToString()),
        _ => throw Invalid(),
    };

    public override object? ParseValue(object? value) => value switch
    {
        null => null,
        string text => Parse(text),
        _ => throw Invalid(),
    };

    public override object? Serialize(object? value) => value is null ? null : Write(value);

    protected InvalidValueException Invalid() => new(expected);

    protected object Parse(string text) => Read(text) ?? throw Invalid();
}

/// <summary>Exact decimals as strings, never floats.</summary>
public sealed partial class DecimalType : TextScalar
{
    private const string Expected = "a decimal number as a string with a point and at most 12 digits before and 6 after it, such as \"1800.00\"";

    public DecimalType()
        : base(Expected)
    {
        Name = "Decimal";
        Description = "Exact decimal number, serialised as a string with a point, never as a float: \"1800.00\". Inputs have at most 12 digits before and 6 after the point.";
    }

    public override object? ParseLiteral(GraphQLValue value) => value is GraphQLIntValue whole ? Parse(whole.Value.ToString()) : base.ParseLiteral(value);

    public override object? ParseValue(object? value) => value is int or long ? Parse(Convert.ToString(value, CultureInfo.InvariantCulture)!) : base.ParseValue(value);

    protected override object? Read(string text) =>
        Form().IsMatch(text) ? decimal.Parse(text, NumberStyles.AllowLeadingSign | NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture) : null;

    /// <summary>Without trailing zeros; amounts of money come with their two places already.</summary>
    protected override string Write(object value) => value as string ?? ((decimal)value).ToString("0.############################", CultureInfo.InvariantCulture);

    [GeneratedRegex(@"^-?[0-9]{1,12}(\.[0-9]{1,6})?\z")]
    private static partial Regex Form();
}

/// <summary>Calendar days of Europe/Berlin.</summary>
public sealed class DateType : TextScalar
{
    public DateType()
        : base("a calendar day between 1900-01-01 and 2199-12-31, such as \"2026-11-23\"")
    {
        Name = "Date";
        Description = "Calendar day in Europe/Berlin, ISO 8601: 2026-11-23.";
    }

    protected override object? Read(string text) =>
        DateOnly.TryParseExact(text, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out DateOnly day) && day.Year is >= 1900 and < 2200 ? day : null;

    protected override string Write(object value) => ((DateOnly)value).ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);
}

/// <summary>Instants in UTC.</summary>
public sealed partial class InstantType : TextScalar
{
    public InstantType()
        : base("an instant with offset between the years 1900 and 2199, such as \"2026-11-23T09:30:00Z\"")
    {
        Name = "DateTime";
        Description = "Instant, ISO 8601 with offset, serialised in UTC. Kept to the millisecond.";
    }

    protected override object? Read(string text) =>
        Form().IsMatch(text)
        && DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.None, out DateTimeOffset at)
        && at.Year is >= 1900 and < 2200
            ? DateTimeOffset.FromUnixTimeMilliseconds(at.ToUnixTimeMilliseconds())
            : null;

    protected override string Write(object value) => ((DateTimeOffset)value).UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss.fff'Z'", CultureInfo.InvariantCulture);

    [GeneratedRegex(@"^[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}(:[0-9]{2}(\.[0-9]{1,9})?)?(Z|[+-][0-9]{2}:[0-9]{2})\z")]
    private static partial Regex Form();
}

/// <summary>Absolute addresses.</summary>
public sealed class UrlType : TextScalar
{
    public UrlType()
        : base("an absolute http or https address")
    {
        Name = "URL";
        Description = "Absolute http or https address.";
    }

    protected override object? Read(string text) =>
        text.Length <= 2000 && Uri.TryCreate(text, UriKind.Absolute, out Uri? address) && address.Scheme is "http" or "https" ? text : null;
}

/// <summary>Positions in pages and logs; what they mean is found out where they are used.</summary>
public sealed class CursorType : TextScalar
{
    public CursorType()
        : base("a cursor as it was given out")
    {
        Name = "Cursor";
        Description = "Opaque position in a page or in a log.";
    }

    protected override object? Read(string text) => text.Length is > 0 and <= 2000 ? text : null;
}

/// <summary>A code that a rule of its own tells from other texts.</summary>
public abstract class CodeType : TextScalar
{
    private readonly Func<string, bool> isValid;

    protected CodeType(string name, string description, string expected, Func<string, bool> isValid)
        : base(expected) => (Name, Description, this.isValid) = (name, description, isValid);

    protected override object? Read(string text) => isValid(text) ? text : null;
}

/// <summary>SHA-256 in lower-case hex.</summary>
public sealed partial class Sha256Type() : CodeType("Sha256", "Lower-case hex SHA-256.", "64 lower-case hexadecimal digits", Form().IsMatch)
{
    [GeneratedRegex(@"^[0-9a-f]{64}\z")]
    private static partial Regex Form();
}
