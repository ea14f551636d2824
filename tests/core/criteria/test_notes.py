from segkit.core.criteria.notes import Note


def test_a_note_begins_with_what_it_is_about_where_it_is_about_one_variable():
    assert str(Note("2 values drawn in.", about="Age", extreme_values=2)) == "Age: 2 values drawn in."
    assert str(Note("Two pots merged.")) == "Two pots merged."
    assert Note("Two pots merged.").extreme_values == 0
