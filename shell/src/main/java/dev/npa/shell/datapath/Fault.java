// SPDX-License-Identifier: MIT
package dev.npa.shell.datapath;

import dev.npa.plugin.FuelExhausted;

/// What a plugin did that ends its use. Named by the shell; nothing of the plugin's is asked.
public enum Fault {
  /// No fault.
  NONE("nothing"),

  BAD_RETURN_VALUE("returned a value outside the contract"),
  PLAIN_FRAME_REFUSED("answered UNSUPPORTED to a frame that asks for no offload"),
  CALL_OUTSIDE_ENTRY_POINT("called the shell from outside an entry point"),
  INDICATE_OUTSIDE_CHECK_RX("called indicateRecv from outside checkRxRing"),
  FOREIGN_HANDLE("named a queue that it does not have"),
  ID_OUT_OF_RANGE("named a buffer id outside 0 .. 2 * ringSize - 1"),
  ID_ALREADY_BOUND("asked for a buffer under an id that is in use"),
  ID_NOT_BOUND("indicated a buffer that it does not hold"),
  BAD_FRAME_LENGTH("indicated a frame that does not fit its buffers"),
  TOO_MANY_FRAMES("indicated more frames than its budget"),
  OVER_COMPLETION("completed more frames than it holds"),
  BAD_LOG_MESSAGE("logged a text that is no fixed printable text"),
  REENTERED("was called while a call was under way"),
  REGISTER_STORM("wrote registers more often than any data path has to"),
  TOO_SLOW("took far too long for what it did"),

  FALSE_COMPLETION("reported frames as sent that the device has not sent"),
  UNASKED_FRAMES("made the device send more frames than it was given"),
  MALFORMED_FRAMES("gave the device descriptors that make no sense"),
  WRONG_SEND_LENGTHS("made the device send other lengths than those of its frames"),
  SENT_NOT_REPORTED("does not report frames that the device has sent"),
  NOT_SENT("does not send frames that it was given"),
  NOT_INDICATED("does not hand over frames that the device has received"),
  NOT_REFILLED("gives the device no buffers to receive into"),
  INVENTED_FRAMES("handed over more frames than the device has received"),
  WRONG_LENGTHS("handed over other lengths than the device has received"),

  NULL_POINTER("NullPointerException"),
  INDEX_OUT_OF_BOUNDS("IndexOutOfBoundsException"),
  ARITHMETIC("ArithmeticException"),
  NEGATIVE_ARRAY_SIZE("NegativeArraySizeException"),
  CLASS_CAST("ClassCastException"),
  ILLEGAL_ARGUMENT("IllegalArgumentException"),
  OTHER_EXCEPTION("another exception"),
  STACK_OVERFLOW("StackOverflowError"),
  OUT_OF_MEMORY("OutOfMemoryError"),
  LINKAGE("LinkageError"),
  COST_EXCEEDED("exceeded its budget"),
  OTHER_ERROR("another error");

  private final String what;

  Fault(String what) {
    this.what = what;
  }

  /// One phrase for the operator.
  public String what() {
    return what;
  }

  /// Classifies what came out of a plugin without calling any of its methods.
  static Fault of(Throwable thrown) {
    return switch (thrown) {
      case NullPointerException e -> NULL_POINTER;
      case IndexOutOfBoundsException e -> INDEX_OUT_OF_BOUNDS;
      case ArithmeticException e -> ARITHMETIC;
      case NegativeArraySizeException e -> NEGATIVE_ARRAY_SIZE;
      case ClassCastException e -> CLASS_CAST;
      case IllegalArgumentException e -> ILLEGAL_ARGUMENT;
      case Exception e -> OTHER_EXCEPTION;
      case StackOverflowError e -> STACK_OVERFLOW;
      case OutOfMemoryError e -> OUT_OF_MEMORY;
      case LinkageError e -> LINKAGE;
      case FuelExhausted e -> COST_EXCEEDED;
      default -> OTHER_ERROR;
    };
  }
}
