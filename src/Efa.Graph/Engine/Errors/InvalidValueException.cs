namespace Efa.Graph.Engine.Errors;

/// <summary>A value that its scalar does not allow, thrown by the scalar's parsing; the caller is told where the value stands and what was expected.</summary>
/// <param name="expected">What the scalar takes, in English, for example <c>an amount with at most 2 decimals</c>.</param>
/// <param name="code"><see cref="RequestErrors.InvalidValue"/> where nothing is said.</param>
public sealed class InvalidValueException(string expected, RequestErrorCode? code = null) : Exception($"Expected {expected}.")
{
    public string Expected { get; } = expected;

    public RequestErrorCode Code { get; } = code ?? RequestErrors.InvalidValue;

    /// <summary>Where inside the value, for example the place in a list; empty where it is the value itself.</summary>
    public IReadOnlyList<object> Inside { get; private init; } = [];

    /// <summary>The same, found at a place of a list.</summary>
    public InvalidValueException At(int place) => new(Expected, Code) { Inside = [place, .. Inside] };

    /// <summary>The same, found in a field of an input.</summary>
    public InvalidValueException At(string field) => new(Expected, Code) { Inside = [field, .. Inside] };
}
