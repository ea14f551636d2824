# ---
# jupyter:
#   kernelspec:
#     display_name: Python 3 (ipykernel)
#     language: python
#     name: python3
# ---

# %% [markdown]
# # 4. Profiles: who are they?
#
# Work from top to bottom; every answer is saved as you give it. If nothing here can be clicked, choose
# **Run → Run All Cells** in the menu once.

# %%
from segkit import open_workbook
from segkit.show import frame
from segkit.show import goal_met as met
from segkit.show import lifetime as ahead
from segkit.show import profiles as show
from segkit.widgets import export, history
from segkit.widgets import profiles as ask

wb = open_workbook()
frame.opening(wb, "profiles")

# %%
history.turn_back(wb)

# %% [markdown]
# **In this notebook** you see how each segment compares with all customers, give it a name, and write a persona for it.
#
# **You need** the segments from notebook 3, and somebody who talks to customers every day.
#
# A **profile** is computed from the data. A **persona** is a portrait that people write: one made-up customer who represents
# the segment. The workbook never makes one up for you.

# %% [markdown] tags=["report"]
# ### Size and value

# %% tags=["report"]
show.segments(wb)

# %%
show.how_real(wb)

# %% tags=["report"]
show.sizes(wb)

# %% [markdown] tags=["report"]
# ### Where our goals are decided

# %% tags=["report"]
met.by_segment(wb)

# %% [markdown] tags=["report"]
# ### What sets each segment apart

# %% tags=["report"]
show.profile_plot(wb)

# %% [markdown]
# ## The index: more or less than usual
#
# An **index** of 100 is the average of all customers. 150 means half as much again, 50 means half. Orange cells are above
# average, purple cells below; the stronger the colour, the greater the difference. For days since the last order, lower is
# better. Groups of fewer than five customers are not shown, to protect them.

# %% tags=["report"]
show.index_table(wb)

# %% [markdown]
# ## What else tells them apart?
#
# The lines were drawn by a few variables. Here all the others are asked whether the segments differ in them, too, and by more
# than chance: that is how you recognise a customer of whom you know nothing else.

# %% tags=["report"]
show.what_else(wb)

# %% [markdown]
# ## How alike are the customers of a segment?
#
# An average hides a lot: a segment that spends 200 on average may hold people who spend 20 and people who spend 2,000. Look at
# spending first, then at anything else that you know as a number.

# %%
ask.spread_of(wb)

# %% tags=["report"]
show.spread(wb)

# %% [markdown] tags=["report"]
# ### What customers are worth from today on
#
# What somebody spent is past; the **life-time value** asks what they will bring, and the table says how well that could be told before.

# %%
ask.lifetime(wb)

# %% tags=["report"]
ahead.worth(wb)

# %% [markdown]
# ## Name them, and write a persona
#
# Choose a segment, give it a name that a colleague understands at once, and fill in the card. Say honestly where each card
# comes from: your data, talking to customers, or a guess.

# %%
ask.personas(wb)

# %% [markdown] tags=["report"]
# ### The personas

# %% tags=["report"]
show.personas(wb)

# %% [markdown] tags=["report"]
# ### Which segment does a new customer belong to?
#
# A few questions, asked or looked up, are often enough to tell. Here are the fewest that do, and how often they are right for
# customers whom they have not seen.

# %% tags=["report"]
show.typing_tool(wb)

# %% [markdown]
# Try it with one customer: answer what you know, and leave the rest open.

# %%
ask.new_customer(wb)

# %% [markdown]
# Take it along: a form on one page to fill in by hand, with points to add, and the same for other programs.

# %%
export.typing_tool(wb)

# %% [markdown]
# ## Try it
#
# Look at the index of your most valuable segment. Find one thing it has much more of than usual, and one it has much less of.
# What would you sell, or stop sending, because of it?
#
# <details><summary>A hint</summary>Look for figures above 150 and below 70.</details>
#
# <details><summary>One good answer</summary>An index of 180 on the web shop and 60 on the newsletter says: show the new product
# in the web shop, and stop hoping that they read the newsletter.</details>

# %% [markdown]
# ## Check yourself
#
# - Would a colleague recognise a customer from the card alone?
# - Does each card say where it comes from?
# - Is there anything on a card that could offend the customer who reads it? Then write it differently.
#
# **You now have** segments with names and faces.
#
# **Next:** [5. Targeting: whom do we serve, and how?](05_targeting.ipynb)
