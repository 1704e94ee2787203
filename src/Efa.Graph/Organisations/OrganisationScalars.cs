using Efa.Graph.Engine.Types;
using Efa.Marketplace.Organisations;

namespace Efa.Graph.Organisations;

public sealed class ArsType() : CodeType("Ars",
    "Regional key (Amtlicher Regionalschlüssel): 2, 3, 5, 9 or 12 digits. The form is checked; a well-formed key may belong to nobody.", Ars.Expected, Ars.IsValid);

public sealed class LeitwegIdType() : CodeType("LeitwegId",
    "Routing id of a public invoice recipient (EN 16931 BT-10), check digits verified (ISO 7064 MOD 97-10).", LeitwegId.Expected, LeitwegId.IsValid);

public sealed class IbanType : TextScalar
{
    public IbanType()
        : base(Iban.Expected)
    {
        Name = "Iban";
        Description = "International bank account number (ISO 13616), check digits verified; given back without spaces.";
    }

    protected override object? Read(string text) => Iban.TryParse(text, out string iban) ? iban : null;
}
