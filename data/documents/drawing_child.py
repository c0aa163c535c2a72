"""The drawing child reads invoices from its input and writes PDF files to its output until the input ends."""

import pickle
import signal
import sys
from typing import BinaryIO

from data.documents.invoice_drawing import draw


def main() -> None:
    """Answers each pickled (invoice, fonts) with pickled bytes, or with a text that says why it was not drawn."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl+C is for the portal, whose end is the end of the input here
    answers = sys.stdout.buffer
    sys.stdout = sys.stderr  # whatever a library prints must not get between the answers
    serve(sys.stdin.buffer, answers)


def serve(jobs: BinaryIO, answers: BinaryIO) -> None:
    """One job after another; a job that cannot be drawn does not end the child."""
    while True:
        try:
            invoice, fonts = pickle.load(jobs)
        except (EOFError, pickle.UnpicklingError):
            return  # the portal has ended, perhaps in the middle of a job
        answer: bytes | str
        try:
            answer = draw(invoice, fonts)
        except Exception as error:  # the parent raises it again as DrawingFailed
            answer = f"{type(error).__name__}: {error}"
        pickle.dump(answer, answers)
        answers.flush()


if __name__ == "__main__":
    main()
