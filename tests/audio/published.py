"""What the process that renders has put into the decks."""

from morphstudio.audio.decks import LENGTH, PUBLISHED, SharedDecks


def published(player, generation=None):
    """Samples of the newest published deck, which is to be of this generation."""
    shared = SharedDecks(player.deck_memory.buffer)
    newest, deck = divmod(int(shared.words[PUBLISHED]), 4)
    assert generation in (None, newest)
    return shared.decks[deck][: int(shared.words[LENGTH + deck])].copy()
