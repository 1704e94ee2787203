using Efa.Graph.Engine.Types;
using Efa.Marketplace.Catalog;

namespace Efa.Graph.Catalog;

public sealed class LeikaKeyType() : CodeType("LeikaKey", "Service key of the LeiKa/FIM catalogue: 14 digits. A key may belong to several services.", LeikaKey.Expected, LeikaKey.IsValid);

public sealed class OzgIdType() : CodeType("OzgId", "Number in the OZG implementation catalogue: five digits, 10255. It may belong to several services.", OzgId.Expected, OzgId.IsValid);
