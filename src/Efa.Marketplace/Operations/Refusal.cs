namespace Efa.Marketplace.Operations;

/// <summary>Why an operation was not done, for the caller to act upon. A refused operation has changed nothing.</summary>
/// <param name="Path">The input field it is about, from <c>input</c> down; empty where it is about the whole.</param>
public abstract record Refusal(ErrorCode Code, IReadOnlyList<string> Path)
{
    /// <summary>Values for the placeholders of the code's text.</summary>
    public IReadOnlyList<object?> Values { get; init; } = [];

    public virtual string Message(Language language) => Code.Text.In(language, [.. Values]);
}

/// <summary>An input that breaks a rule.</summary>
public sealed record Invalid(ErrorCode Code, IReadOnlyList<string> Path) : Refusal(Code, Path);

/// <summary>Something that does not exist, or is not the caller's to see.</summary>
public sealed record NotFound(IReadOnlyList<string> Path) : Refusal(OperationsRefusals.NotFound, Path);

/// <summary>The caller sees the thing but may not do this.</summary>
public sealed record PermissionDenied(ErrorCode Code, IReadOnlyList<string> Path, IReadOnlyList<OrganisationRole> RequiredRoles, string? RequiredScope = null)
    : Refusal(Code, Path);

/// <summary>The thing is in a state that does not allow this.</summary>
/// <param name="State">API name of the state.</param>
/// <param name="Allowed">Names of the mutations that the state allows.</param>
public sealed record InvalidState(ErrorCode Code, IReadOnlyList<string> Path, string State, IReadOnlyList<string> Allowed) : Refusal(Code, Path);

/// <summary>The thing has changed since the caller read it.</summary>
public sealed record StaleVersion(IReadOnlyList<string> Path, int CurrentVersion, IReadOnlyList<string> ChangedFields)
    : Refusal(OperationsRefusals.StaleVersion, Path);

/// <summary>The idempotency key was used for another call.</summary>
public sealed record IdempotencyConflict(DateTimeOffset FirstSeenAt) : Refusal(OperationsRefusals.IdempotencyConflict, ["input", "idempotencyKey"]);
