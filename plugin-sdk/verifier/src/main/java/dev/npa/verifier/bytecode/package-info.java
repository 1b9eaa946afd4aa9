// SPDX-License-Identifier: MIT

/// The bytecode gate. Entry: [dev.npa.verifier.bytecode.BytecodeGate#verify].
///
/// In order: `read` (three readers that must agree), `rule` (the vendor's classes, with what `flow`
/// finds out and `world` allows), `rewrite` (metering, written from scratch), then `read` and
/// `rule` again over what was written, then the JDK's own verifier. Only written bytes leave.
///
/// ## What holds for accepted classes
///
/// - They name nothing but themselves, the SDK's allow-list and a few number methods.
/// - They have no static state, initialisers, locks, handlers, or superclass but Object.
/// - Their data path allocates nothing. Constructor and swInit allocate at most 8 MiB together, in
///   arrays of at most 16384 elements.
/// - One call of an entry point executes at most as many bytecodes as the report states; a call
///   into the SDK counts as its `@Cost`. Calls nest at most 8 deep, in frames of at most 512 slots.
///   The exact guarantee, and why it holds, is in [dev.npa.verifier.bytecode.flow].
/// - A call returns, or throws what the JVM throws for a bad index, null or division, or
///   [dev.npa.plugin.FuelExhausted]. It catches nothing.
///
/// ## Settings for vendors
///
/// `javac --release 17` to `25`, `-g`; with `-XDstringConcat=inline` a string concatenation is
/// refused where it stands and not as a constant. No lambda, record, enum, `assert`, try, string
/// concatenation or switch, or `new int[2][2]`; nested classes are `static final`.
///
/// ## Attacks
///
/// Ids of the project's attack list, what stops them, and the tests. `AttackTableTest` holds this
/// table against rules, fixtures and sources.
///
/// | attack | rule or measure | test |
/// |---|---|---|
/// | R-01 | B010, B034 | `CodeFixtures`, `WorldFixtures` |
/// | R-02 | B012, B031 | `CodeFixtures`, `WorldFixtures` |
/// | R-03 | B006 | `ReadFixtures` |
/// | R-04 | B006 | `ReadFixtures` |
/// | R-05 | B006 | `ReadFixtures` |
/// | R-06 | B006 | `ReadFixtures` |
/// | R-07 | B012, B017 | `ShapeFixtures`, `WorldFixtures` |
/// | R-08 | B015, B017 | `AttackFixtures`, `CodeFixtures`, `ShapeFixtures` |
/// | R-09 | B010, B012 | `WorldFixtures` |
/// | R-10 | B010, B011 | `WorldFixtures` |
/// | R-11 | B010 | `AttackFixtures` |
/// | R-12 | B025 | `ShapeFixtures` |
/// | R-13 | B018, B023 | `AttackFixtures`, `ShapeFixtures` |
/// | R-14 | B016, P009, P012 | `ShapeFixtures`, `ArchiveAttacks`, `ManifestAttacks` |
/// | R-15 | stripped: `StrictReader` keeps six attributes | `HonestPluginTest` |
/// | R-16 | B010, B013 | `AttackFixtures`, `WorldFixtures` |
/// | R-17 | B010 | `AttackFixtures`, `WorldFixtures` |
/// | R-18 | no clock to measure with (B010); else out of scope, as the README says | `AttackFixtures` |
/// | N-01 | B009 | `WorldFixtures` |
/// | N-02 | B009 | `WorldFixtures` |
/// | N-03 | B007 | `WorldFixtures` |
/// | N-04 | B008, P006, P007 | `WorldFixtures`, `ArchiveAttacks` |
/// | N-05 | B021, B049; a loader each: `LoadedPlugin` | `LinkFixtures`, `ShapeFixtures`, `LoadedPluginTest` |
/// | N-06 | B012; no resources: `LoadedPlugin` | `WorldFixtures`, `LoadedPluginTest` |
/// | N-07 | B014, B020 | `LinkFixtures`, `WorldFixtures` |
/// | N-08 | B008, B016 | `LinkFixtures`, `ShapeFixtures` |
/// | N-09 | B013 | `WorldFixtures` |
/// | Z-01 | P003, P004, P001 | `ArchiveAttacks`, `TamperingTest` |
/// | Z-02 | P006 | `ArchiveAttacks` |
/// | Z-03 | P007 | `ArchiveAttacks` |
/// | Z-04 | P009, P012 | `ArchiveAttacks`, `ManifestAttacks` |
/// | Z-05 | P012 | `ManifestAttacks` |
/// | Z-06 | P006 | `ArchiveAttacks` |
/// | Z-07 | P002, P005 | `ArchiveAttacks` |
/// | Z-08 | P010 | `ArchiveAttacks` |
/// | Z-09 | S001, S006, P014 | `SignatureAttacks`, `ManifestAttacks` |
/// | Z-10 | one copy of the bytes for check and load: `SignedPlugin` | `GateTest`, `TamperingTest` |
/// | Z-11 | P015, T003, T004, T005, T006, T007; the generation is signed | `ManifestAttacks`, `TrustAttacks` |
/// | Z-12 | L002 | `LicenceAttacks` |
/// | C-01 | B003, B029 | `CodeFixtures`, `ReadFixtures` |
/// | C-02 | B003 | `ReadFixtures` |
/// | C-03 | B001, B004 | `OutputFixtures`, `ReadFixtures`, `ParserFuzzTest` |
/// | C-04 | B001 | `ReadFixtures`, `GateFuzzTest` |
/// | C-05 | B001, B005, B047 | `ReadFixtures`, `ShapeFixtures` |
/// | C-06 | B008 | `WorldFixtures` |
/// | C-07 | B029, B033 | `CodeFixtures` |
/// | C-08 | B016, B026 | `ShapeFixtures` |
/// | C-09 | B002 | `ReadFixtures`, `GateFuzzTest` |
/// | C-10 | B002 | `LinkFixtures`, `ReadFixtures` |
/// | C-11 | B040 (four deep; the list says three); a loop of its own for each region: `DataPaths` | `FlowFixtures`, `LoadedPluginTest` |
/// | C-12 | B012, B023 | `ShapeFixtures`, `WorldFixtures` |
/// | C-13 | B032 | `CodeFixtures` |
/// | C-14 | B003, B049 | `LinkFixtures`, `ReadFixtures` |
/// | C-15 | B013, B019, B023, B026, B049 | `LinkFixtures`, `ShapeFixtures` |
/// | C-16 | B013 | `WorldFixtures` |
/// | C-17 | no array in a listed method: `AllowList` | `AttackTableTest` |
/// | T-01 | B041, B044, B045, B048 | `FlowFixtures`, `LinkFixtures`, `MeteringTest`, `OutputFixtures` |
/// | T-02 | B027 | `CodeFixtures` |
/// | T-03 | B039 | `FlowFixtures` |
/// | T-04 | B015, B036 | `CodeFixtures`, `FlowFixtures` |
/// | T-05 | B037, B038 | `FlowFixtures` |
/// | T-06 | B027 | `CodeFixtures` |
/// | T-07 | flags of the JVM: `SandboxFlags` | `SandboxFlagsTest` |
/// | T-08 | B010, B012 | `AttackFixtures`, `AllowListTest` |
/// | T-09 | B029, B034, B035, B046 | `CodeFixtures`, `MeteringTest`, `OutputFixtures` |
/// | T-10 | B010 | `AttackFixtures` |
/// | T-11 | B010 | `AttackFixtures` |
/// | T-12 | B010, B012 | `AttackFixtures` |
/// | T-13 | B024, B031 | `CodeFixtures`, `ShapeFixtures` |
/// | T-14 | B010, B030 | `AttackFixtures`, `CodeFixtures` |
/// | T-15 | B022 | `ShapeFixtures` |
/// | T-16 | B023 | `ShapeFixtures` |
/// | T-17 | the region is dropped whole: `LoadedPlugin` | `LoadedPluginTest` |
/// | T-18 | no call outside an entry point: `ShellCalls` | `FaultContainmentTest` |
/// | T-19 | B008, B030 | `CodeFixtures`, `WorldFixtures` |
/// | T-20 | B002, B041 | `FlowFixtures`, `ReadFixtures`, `GateFuzzTest` |
/// | H-01 | B017, B028; nothing of it is called: `FaultContainmentTest` | `CodeFixtures`, `ShapeFixtures`, `FaultContainmentTest` |
/// | H-02 | B023 | `ShapeFixtures` |
/// | H-03 | B015, B018, B042 | `CodeFixtures`, `ShapeFixtures` |
/// | H-04 | values are checked at the boundary: `FaultContainmentTest` | `FaultContainmentTest` |
/// | H-05 | buffers are accounted for after each fault: `FaultContainmentTest` | `FaultContainmentTest` |
/// | H-06 | B006, B016, B022 | `AttackFixtures`, `ShapeFixtures` |
/// | H-07 | addresses are the IOMMU's: `IommuDomain` | `ForgedAddressTest` |
/// | H-08 | one read of a word, acquire where it is owned: `DmaRegion` | `KawelaPluginTest` |
/// | V-01 | B043 | `CodeFixtures` |
/// | V-02 | B043; flags of the JVM: `SandboxFlags` | `CodeFixtures`, `SandboxFlagsTest` |
/// | V-03 | flags of the JVM: `SandboxFlags` | `SandboxFlagsTest` |
/// | V-04 | the cache of the launcher holds classes of `npa --help` alone: `SandboxFlags` | `SandboxFlagsTest` |
package dev.npa.verifier.bytecode;
