namespace Efa.Marketplace.Operations;

/// <summary>What kind of answer a code belongs to.</summary>
public enum ErrorClass
{
    /// <summary>A refusal in a mutation's payload: nothing has changed, and the caller can do something about it.</summary>
    Refusal,

    /// <summary>A reason inside an answer, such as why an organisation is not eligible.</summary>
    Reason,
}

/// <summary>A stable code with its text; all of them are listed in schema/errors.md.</summary>
/// <remarks>Codes are static fields of one <c>…Refusals</c> class in each room; names are UPPER_SNAKE and never change.</remarks>
public sealed record ErrorCode(string Name, ErrorClass Class, Text Text)
{
    public static ErrorCode Refusal(string name, string german, string english) => new(name, ErrorClass.Refusal, new Text(german, english));

    public static ErrorCode Reason(string name, string german, string english) => new(name, ErrorClass.Reason, new Text(german, english));

    public override string ToString() => Name;
}
