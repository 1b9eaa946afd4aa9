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
/// `javac --release 17` to `25`, `-XDstringConcat=inline`. No lambda, record, enum, `assert`, try,
/// string switch or `new int[2][2]`; nested classes are `static final`.
///
/// ## Attacks
///
/// Ids of the project's attack list, the rules that stop them, the tests.
///
/// | attack | rule | test |
/// |---|---|---|
/// | R-01 | B010, B034 | `CodeFixtures`, `WorldFixtures` |
/// | R-02 | B012, B031 | `CodeFixtures`, `WorldFixtures` |
/// | R-03 | B006 | `ReadFixtures` |
/// | R-04 | B006 | `ReadFixtures` |
/// | R-05 | B006 | `ReadFixtures` |
/// | R-06 | B006 | `ReadFixtures` |
/// | R-07 | B012, B017 | `ShapeFixtures`, `WorldFixtures` |
/// | R-08 | B015, B017 | `CodeFixtures`, `ShapeFixtures` |
/// | R-09 | B010, B012 | `WorldFixtures` |
/// | R-10 | B011 | `WorldFixtures` |
/// | R-11 | B010, B012 | `WorldFixtures` |
/// | R-12 | B025 | `ShapeFixtures` |
/// | R-13 | B018 | `ShapeFixtures` |
/// | R-14 | B016 | `ShapeFixtures` |
/// | R-15 | stripped by the strict reader | `HonestPluginTest` |
/// | R-16 | B013 | `WorldFixtures` |
/// | R-17 | B012 | `WorldFixtures` |
/// | N-01 | B009 | `WorldFixtures` |
/// | N-02 | B009 | `WorldFixtures` |
/// | N-03 | B007 | `WorldFixtures` |
/// | N-04 | B008 | `WorldFixtures` |
/// | N-05 | B021, B049 | `LinkFixtures`, `ShapeFixtures` |
/// | N-06 | B012 | `WorldFixtures` |
/// | N-07 | B014, B020 | `LinkFixtures`, `WorldFixtures` |
/// | N-08 | B008, B016 | `LinkFixtures`, `ShapeFixtures` |
/// | N-09 | B013 | `WorldFixtures` |
/// | C-01 | B003, B029 | `CodeFixtures`, `ReadFixtures` |
/// | C-02 | B003 | `ReadFixtures` |
/// | C-03 | B001, B004 | `ReadFixtures`, `ParserComparisonTest` |
/// | C-04 | B001 | `ReadFixtures` |
/// | C-05 | B001, B005, B047 | `ReadFixtures`, `ShapeFixtures` |
/// | C-06 | B008 | `WorldFixtures` |
/// | C-07 | B029, B033 | `CodeFixtures` |
/// | C-08 | B016, B026 | `ShapeFixtures` |
/// | C-09 | B002 | `ReadFixtures` |
/// | C-10 | B002 | `LinkFixtures`, `ReadFixtures` |
/// | C-11 | B040 | `FlowFixtures` |
/// | C-12 | B012, B023 | `ShapeFixtures`, `WorldFixtures` |
/// | C-13 | B032 | `CodeFixtures` |
/// | C-14 | B003 | `ReadFixtures` |
/// | C-15 | B013, B019, B023, B026, B049 | `LinkFixtures`, `ShapeFixtures` |
/// | C-16 | B013 | `WorldFixtures` |
/// | T-01 | B041, B044, B045, B048 | `LinkFixtures`, `MeteringTest`, `OutputRulesTest` |
/// | T-02 | B027 | `CodeFixtures` |
/// | T-03 | B039 | `FlowFixtures` |
/// | T-04 | B015, B036 | `CodeFixtures`, `FlowFixtures` |
/// | T-05 | B037, B038 | `FlowFixtures` |
/// | T-06 | B027 | `CodeFixtures` |
/// | T-08 | B012 | `AllowListTest` |
/// | T-09 | B029, B034, B035, B046 | `CodeFixtures`, `MeteringTest` |
/// | T-10 | B010 | `AllowListTest` |
/// | T-11 | B010 | `AllowListTest` |
/// | T-12 | B012 | `AllowListTest` |
/// | T-13 | B024, B031 | `CodeFixtures`, `ShapeFixtures` |
/// | T-14 | B030 | `CodeFixtures` |
/// | T-15 | B022 | `ShapeFixtures` |
/// | T-16 | B023 | `ShapeFixtures` |
/// | T-19 | B008, B030 | `CodeFixtures`, `WorldFixtures` |
/// | T-20 | B041 | `FlowFixtures` |
/// | H-01 | B017, B028 | `CodeFixtures`, `ShapeFixtures` |
/// | H-02 | B023 | `ShapeFixtures` |
/// | H-03 | B015, B018, B042 | `CodeFixtures`, `ShapeFixtures` |
/// | H-06 | B016 | `ShapeFixtures` |
/// | V-01 | B043 | `CodeFixtures` |
package dev.npa.verifier.bytecode;
